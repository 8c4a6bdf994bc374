/** Stripe counts seconds, JavaScript milliseconds: convert here only (hazard 81). */
export function fromUnix(seconds: number): Date {
  return new Date(seconds * 1000);
}

export function fromUnixOrNull(
  seconds: number | null | undefined,
): Date | null {
  return seconds == null ? null : fromUnix(seconds);
}

export function toUnix(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

export const seconds = (n: number) => n * 1000;
export const minutes = (n: number) => n * seconds(60);
export const hours = (n: number) => n * minutes(60);
export const days = (n: number) => n * hours(24);

export function after(date: Date, milliseconds: number): Date {
  return new Date(date.getTime() + milliseconds);
}

/** Whole seconds from one moment to a later one; 0 if it has passed. */
export function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.ceil((to.getTime() - from.getTime()) / seconds(1)));
}

/** "12 March 2026", in UTC, because that is the zone in which Stripe bills. */
export function formatDate(date: Date): string {
  return date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

/** "14:05 UTC on 12 March 2026". */
export function formatTime(date: Date): string {
  return `${date.toISOString().slice(11, 16)} UTC on ${formatDate(date)}`;
}
