import { z } from "zod";

/** An id of one of our rows, as anybody may have written it. Whether there is such a row, the database says. */
export const rowId = z.string().regex(/^[\w-]{1,64}$/);

/**
 * One line of text as a person writes it: trimmed, 1 to `max` characters, something visible in it, no
 * control characters and no lone surrogate, which Postgres or Stripe would refuse.
 */
export function line(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(
      (text) =>
        text.isWellFormed() &&
        !/\p{Cc}/u.test(text) &&
        /[^\s\p{Cf}]/u.test(text),
    );
}
