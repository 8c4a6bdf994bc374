import { withoutRequest, type World } from "./context";
import { expireDueSessions } from "./resources/checkout-expiry";

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export type Schedule = {
  /** Notices what new objects will fall due. */
  note(): void;
  /** Runs whatever is due now; free when nothing is. */
  run(): void;
  close(): void;
};

/** What time itself brings about. Looked at before each request, and by a timer in quiet hours. */
export function createSchedule(world: World): Schedule {
  let next = -Infinity;
  let mark = -1;
  let timer: NodeJS.Timeout | undefined;

  function arm(): void {
    clearTimeout(timer);
    if (next === Infinity) return;
    const wait = Math.max(next * 1000 - world.clock.nowMs(), 0);
    timer = setTimeout(run, Math.min(wait, LONGEST_TIMER_MS));
    timer.unref();
  }
  function run(): void {
    if (world.clock.now() < next) {
      arm();
      return;
    }
    next = world.store.transact(() => expireDueSessions(withoutRequest(world)));
    mark = world.store.since("checkout_session", mark).mark;
    world.wake();
    arm();
  }
  return {
    note() {
      const fresh = world.store.since("checkout_session", mark);
      mark = fresh.mark;
      const soonest = Math.min(
        ...fresh.ids.map((id) => {
          const session = world.store.get("checkout_session", id);
          return session?.status === "open" ? session.expires_at : Infinity;
        }),
      );
      if (soonest >= next) return;
      next = soonest;
      arm();
    },
    run,
    close: () => clearTimeout(timer),
  };
}
