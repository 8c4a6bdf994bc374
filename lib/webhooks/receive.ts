import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { runDueEffects } from "@/lib/fulfilment/run";
import { AppError } from "@/lib/platform/errors";
import { paymentsConfigured } from "@/lib/platform/stripe";
import { seconds } from "@/lib/platform/time";
import { traced } from "@/lib/platform/trace";
import { processDueEvent, processEvent } from "./process";
import type { StripeEvent } from "./event";
import { storeEvent } from "./store";
import { verifyEvent } from "./verify";

export const receivedAnswer = z.strictObject({ received: z.literal(true) });

/** Checkout waits for our answer before it redirects, so an event is worked on at once, within bounds. */
const maxAtOnce = 4;
/** An event that takes longer is answered, and stays due for a later request, cron or worker. */
const patience = seconds(5);

let working = 0;

/**
 * Verifies, stores and works on one webhook. When this returns, the event is committed: it cannot be lost.
 * Throws webhook_invalid (400), database_unavailable (503: not stored) or webhook_failed (500: stored, but
 * working on it failed; Stripe's retry is one more chance beside our own).
 */
export async function receiveWebhook(
  bytes: Uint8Array,
  signature: string | null,
): Promise<{ received: true }> {
  if (!paymentsConfigured()) throw new AppError("payments_not_configured");
  const { event, secretIndex } = verifyEvent(bytes, signature);
  await traced("store webhook", { "event.type": event.type }, () =>
    storeEvent(event, { bytes, secretIndex }),
  );
  if (working >= maxAtOnce) return { received: true };
  const late = pause(patience, "late" as const, { ref: false });
  working += 1;
  const work = workOn(event).finally(() => {
    working -= 1;
  });
  const outcome = await Promise.race([work, late]);
  if (outcome === "failed") throw new AppError("webhook_failed");
  await Promise.race([runDueEffects(3), late]);
  return { received: true };
}

async function workOn(event: StripeEvent) {
  const { account = "", livemode, id } = event;
  const outcome = await processEvent({ account, livemode, id });
  // Every request also helps with what is due, so that even a daily cron suffices.
  for (let helped = 0; helped < 3; helped += 1) {
    const other = await processDueEvent();
    if (other === null || other === "put_off") break;
  }
  return outcome;
}
