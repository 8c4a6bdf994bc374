import { hours, minutes, seconds } from "./time";

/** The waits between attempts, about a day together; redeliveries by Stripe count as attempts too. */
const steps = [
  seconds(5),
  seconds(30),
  minutes(2),
  minutes(10),
  minutes(30),
  hours(1),
  hours(3),
  hours(6),
  hours(12),
];

/** After the last of these a row is dead and waits for a person. */
export const maxAttempts = steps.length + 1;

/**
 * How long to wait after the given number of failed attempts, in milliseconds, with up to a fifth more so
 * that rows which failed together do not return together. Null: give up.
 */
export function backoff(
  failedAttempts: number,
  random = Math.random,
): number | null {
  const step = steps[failedAttempts - 1];
  return step === undefined ? null : Math.round(step * (1 + random() / 5));
}
