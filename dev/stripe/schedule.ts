import { atTime } from "./clock";
import { withoutRequest, type World } from "./context";
import {
  dueOf,
  isBefore,
  isTimed,
  runOne,
  testClockOf,
  type Due,
} from "./timed";

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export type Schedule = {
  /** Notices what changed objects will fall due. */
  note(): void;
  /** Moves the clock, then runs whatever is due, oldest first and all or nothing; free when nothing is. */
  run(advance?: number): void;
  /** When something falls due next, or null. */
  next(): number | null;
  close(): void;
};

/** Looked at before each request, and by a timer in quiet hours. */
export function createSchedule(world: World): Schedule {
  /** Latest first. Entries outlive a change of their object and are checked when their time comes. */
  let queue: Due[] = [];
  let timer: NodeJS.Timeout | undefined;

  function note(): void {
    for (const { kind, id } of world.store.touched()) {
      // What is on a test clock moves with that alone.
      if (!isTimed(kind) || testClockOf(world, kind, id)) continue;
      const at = dueOf(world, kind, id);
      if (at < Infinity) insert(queue, { at, kind, id });
    }
    arm();
  }
  function arm(): void {
    clearTimeout(timer);
    const next = queue.at(-1);
    if (!next) return;
    const wait = Math.max(next.at * 1000 - world.clock.nowMs(), 0);
    timer = setTimeout(() => run(), Math.min(wait, LONGEST_TIMER_MS));
    timer.unref();
  }
  function run(advance = 0): void {
    note();
    const now = world.clock.now() + advance;
    const idle = (queue.at(-1)?.at ?? Infinity) > now;
    if (idle && advance === 0) return;
    const before = [...queue];
    try {
      world.store.transact(() => {
        if (advance > 0) world.clock.advance(advance);
        runUntil(now);
      });
    } catch (error) {
      queue = before;
      throw error;
    }
    world.wake();
    arm();
  }
  function runUntil(now: number): void {
    for (let next = queue.at(-1); next && next.at <= now; next = queue.at(-1)) {
      queue.pop();
      const { at, kind, id } = next;
      if (dueOf(world, kind, id) !== at) continue;
      runOne(withoutRequest(atTime(world, at)), kind, id);
      if (dueOf(world, kind, id) === at)
        throw new Error(`${kind} ${id} is due again at ${at}`);
      note();
    }
  }
  function next(): number | null {
    note();
    const due = queue.findLast(
      ({ at, kind, id }) => dueOf(world, kind, id) === at,
    );
    return due?.at ?? null;
  }
  return { note, run, next, close: () => clearTimeout(timer) };
}

function insert(queue: Due[], due: Due): void {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = queue[middle];
    if (other && isBefore(due, other)) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, due);
}
