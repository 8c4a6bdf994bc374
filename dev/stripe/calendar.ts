export const HOUR = 3_600;
export const DAY = 86_400;

export type Every = { interval: string; interval_count: number };
export type Period = { start: number; end: number };

/** The nth period boundary counted from the anchor, clamped to the month's end, never drifting. */
export function boundary(anchor: number, every: Every, n: number): number {
  const steps = every.interval_count * n;
  if (every.interval === "day") return anchor + steps * DAY;
  if (every.interval === "week") return anchor + steps * 7 * DAY;
  const months = every.interval === "year" ? steps * 12 : steps;
  const from = new Date(anchor * 1000);
  const to = new Date(from);
  to.setUTCDate(1);
  to.setUTCMonth(from.getUTCMonth() + months);
  const last = new Date(
    Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0),
  ).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), last));
  return Math.floor(to.getTime() / 1000);
}

const LONGEST: Record<string, number> = { day: 1, week: 7, month: 31 };

/** The period that holds a moment; its boundaries are counted from the anchor, in either direction. */
export function periodAt(anchor: number, every: Every, at: number): Period {
  const longest = (LONGEST[every.interval] ?? 366) * DAY * every.interval_count;
  const towards = Math.floor((at - anchor) / longest);
  let n = at < anchor ? towards * 2 : towards;
  while (boundary(anchor, every, n + 1) <= at) n += 1;
  return {
    start: boundary(anchor, every, n),
    end: boundary(anchor, every, n + 1),
  };
}
