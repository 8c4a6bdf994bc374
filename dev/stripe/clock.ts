import type { Store } from "./store";

/** The emulator's only source of time; its offset is stored, so moved time stays moved. */
export type Clock = {
  now(): number;
  nowMs(): number;
  offset(): number;
  advance(seconds: number): void;
};

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
