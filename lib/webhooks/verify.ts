import Stripe from "stripe";
import { env } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { describeError, log } from "@/lib/platform/log";
import { decodeUtf8 } from "@/lib/platform/request-body";
import { stripeEvent, type StripeEvent } from "./event";

/** Seconds by which a signature's time may differ from ours, both ways: the SDK checks the past alone. */
const tolerance = 300;

export type VerifiedEvent = { event: StripeEvent; secretIndex: number };

/**
 * The event, if these very bytes were signed with one of our secrets within five minutes. Whatever is
 * wrong, the answer is the same webhook_invalid; the reason goes to the log only (trust I1, F6–F8).
 * Throws payments_not_configured while no secret is set: nothing is ever accepted unsigned (hazard 20).
 */
export function verifyEvent(
  bytes: Uint8Array,
  header: string | null,
  now = new Date(),
): VerifiedEvent {
  const secrets = env().STRIPE_WEBHOOK_SECRET;
  if (!secrets) throw new AppError("payments_not_configured");
  try {
    return check(bytes, header ?? "", secrets, now);
  } catch (error) {
    log().warn({ reason: describeError(error).name }, "webhook refused");
    throw new AppError("webhook_invalid");
  }
}

function check(
  bytes: Uint8Array,
  header: string,
  secrets: readonly string[],
  now: Date,
): VerifiedEvent {
  assertTimestamp(header, now);
  const text = decodeUtf8(bytes);
  for (const [secretIndex, secret] of secrets.entries()) {
    try {
      const event: unknown = Stripe.webhooks.constructEvent(
        text,
        header,
        secret,
        tolerance,
        undefined,
        now.getTime(),
      );
      return { event: stripeEvent.parse(event), secretIndex };
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError))
        throw error;
    }
  }
  throw new Error("no secret matches");
}

/** One `t` of digits, near our clock, in a header of sane length (trust rows 110–116). */
function assertTimestamp(header: string, now: Date): void {
  const times = header
    .split(",")
    .filter((part) => part.trim().startsWith("t="));
  const [, seconds] = /^t=(\d{1,12})$/.exec(times[0] ?? "") ?? [];
  if (header.length > 4096 || times.length !== 1 || !seconds)
    throw new Error("malformed header");
  if (Math.abs(now.getTime() / 1000 - Number(seconds)) > tolerance)
    throw new Error("time skew");
}
