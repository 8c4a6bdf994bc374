import { livemode } from "@/lib/platform/env";
import { setTimeout as pause } from "node:timers/promises";
import { runDueEffects } from "@/lib/fulfilment/run";
import { systemDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";

import { paymentsConfigured } from "@/lib/platform/stripe";
import { seconds } from "@/lib/platform/time";
import { processDueEvents, processEvent } from "./process";
import { verifyEvent, type VerifiedEvent } from "./verify";

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
  const event = verifyEvent(bytes, signature);
  await store(event, bytes);
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

async function workOn(event: VerifiedEvent) {
  const { account = "", livemode, id } = event;
  const outcome = await processEvent({ account, livemode, id });
  await processDueEvents(3);
  return outcome;
}

/** Insert-or-ignore: a redelivery changes nothing. Events that are not for us are kept, and left alone. */
async function store(event: VerifiedEvent, bytes: Uint8Array): Promise<void> {
  const stranger =
    event.livemode !== livemode()
      ? "wrong_mode"
      : event.account
        ? "wrong_account"
        : null;
  if (stranger)
    log().error(
      { eventId: event.id, reason: stranger },
      "webhook is not for us",
    );
  await systemDb(
    "inbox",
    (tx) => tx.$executeRaw`
    INSERT INTO stripe_event (account, livemode, id, type, api_version, object_id, payload, secret_index,
      state, note, finished_at)
    VALUES (${event.account ?? ""}, ${event.livemode}, ${event.id}, ${event.type},
      ${event.api_version ?? null}, ${event.data.object.id ?? null}, ${Buffer.from(bytes)},
      ${event.secretIndex}, ${stranger ? "ignored" : "pending"}::"EventState", ${stranger},
      CASE WHEN ${stranger !== null} THEN now() END)
    ON CONFLICT DO NOTHING`,
  );
}
