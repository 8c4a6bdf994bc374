import type { Store } from "./store";

export type Clock = {
  now(): number;
  nowMs(): number;
  offset(): number;
  advance(seconds: number): void;
};

/** The emulator's own time; its offset is stored, so moved time stays moved. */
export function createClock(store: Store): Clock {
  const offset = () => store.get("clock", "clock")?.offset ?? 0;
  return {
    offset,
    now: () => Math.floor(Date.now() / 1000) + offset(),
    nowMs: () => Date.now() + offset() * 1000,
    advance: (seconds) =>
      store.put("clock", { id: "clock", offset: offset() + seconds }),
  };
}

/** The same world at one moment: what falls due there is dated by it, however late it is run. */
export function atTime<C extends { clock: Clock }>(ctx: C, time: number): C {
  const clock = { ...ctx.clock, now: () => time, nowMs: () => time * 1000 };
  return { ...ctx, clock };
}
