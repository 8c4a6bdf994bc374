/** The nth period boundary counted from the anchor, clamped to the month's end, never drifting. */
export function boundary(
  anchor: number,
  every: { interval: string; interval_count: number },
  n: number,
): number {
  const steps = every.interval_count * n;
  if (every.interval === "day") return anchor + steps * 86_400;
  if (every.interval === "week") return anchor + steps * 7 * 86_400;
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
