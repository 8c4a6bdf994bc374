import { raiseAlarm } from "@/lib/platform/alarm";
import { Prisma, systemSql } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { fromUnix } from "@/lib/platform/time";
import type { StripeEvent } from "./event";
import { objectOf } from "./handlers";

/** Not signed by anybody: it was read from Stripe's own list. */
export const readFromStripe = -1;

/**
 * Insert-or-ignore: an event that is there already is left as it is. Says whether it was new. Committed
 * when this returns. Those of another account or mode are kept and left alone, and an alarm says so.
 */
export async function storeEvent(
  event: StripeEvent,
  { bytes, secretIndex }: { bytes: Uint8Array; secretIndex: number },
): Promise<boolean> {
  const stranger = strangeness(event);
  const inserted = await systemSql(
    "inbox",
    Prisma.sql`
      INSERT INTO stripe_event (account, livemode, id, type, api_version, object_id, payload, secret_index,
        created_at, state, note, finished_at)
      VALUES (${event.account ?? ""}, ${event.livemode}, ${event.id}, ${event.type},
        ${event.api_version ?? null}, ${objectOf(event)}, ${Buffer.from(bytes)},
        ${secretIndex}, ${event.created === undefined ? null : fromUnix(event.created)},
        ${stranger ? "ignored" : "pending"}::"EventState", ${stranger},
        CASE WHEN ${stranger !== null} THEN now() END)
      ON CONFLICT DO NOTHING RETURNING id`,
  );
  if (stranger && inserted.length > 0) await raiseAlarm(stranger, event.id);
  return inserted.length > 0;
}

function strangeness(
  event: StripeEvent,
): "wrong_mode" | "wrong_account" | null {
  if (event.livemode !== livemode()) return "wrong_mode";
  return event.account ? "wrong_account" : null;
}
