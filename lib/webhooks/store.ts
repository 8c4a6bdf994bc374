import { raiseAlarm } from "@/lib/platform/alarm";
import { Prisma, systemSql } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { joined } from "@/lib/platform/joined";
import { fromUnix } from "@/lib/platform/time";
import type { StripeEvent } from "./event";
import { objectOf } from "./handlers";

/** Not signed by anybody: it was read from Stripe's own list. */
export const readFromStripe = -1;

type Signed = {
  bytes: Uint8Array;
  /** Which of our secrets matched. */
  secretIndex: number;
};

/**
 * Insert-or-ignore: an event that is there already is left as it is. Says whether it was new. Committed
 * when this returns. Those of another account or mode are kept and left alone, and an alarm says so.
 */
export async function storeEvent(
  event: StripeEvent,
  signed: Signed,
): Promise<boolean> {
  const isNew = await insertEvent({ ...signed, event });
  const stranger = strangeness(event);
  if (stranger && isNew) await raiseAlarm(stranger, event.id);
  return isNew;
}

type Received = Signed & { event: StripeEvent };

/** In a burst many share one commit. By id, or two that insert the same ones would wait for each other. */
const insertEvent = joined<Received, boolean>(
  async (received) => {
    const rows = received
      .toSorted((one, other) => (one.event.id < other.event.id ? -1 : 1))
      .map(rowOf);
    const inserted = await systemSql<StoredKey>(
      "inbox",
      Prisma.sql`
        INSERT INTO stripe_event (account, livemode, id, type, api_version, object_id, payload, secret_index,
          created_at, state, note, finished_at)
        VALUES ${Prisma.join(rows)}
        ON CONFLICT DO NOTHING RETURNING account, livemode, id`,
    );
    const isNew = new Set(inserted.map(keyOf));
    // Of two deliveries of one event in one insert, the first to ask is told that it is new.
    return received.map(({ event }) => isNew.delete(keyOf(event)));
  },
  { atOnce: 2, most: 50 },
);

type StoredKey = Pick<StripeEvent, "account" | "livemode" | "id">;

const keyOf = ({ account = "", livemode, id }: StoredKey) =>
  [account, livemode, id].join();

function rowOf({ event, bytes, secretIndex }: Received): Prisma.Sql {
  const stranger = strangeness(event);
  return Prisma.sql`(${event.account ?? ""}, ${event.livemode}, ${event.id}, ${event.type},
    ${event.api_version ?? null}, ${objectOf(event)}, ${Buffer.from(bytes)},
    ${secretIndex}, ${event.created === undefined ? null : fromUnix(event.created)}::timestamptz,
    ${stranger ? "ignored" : "pending"}::"EventState", ${stranger},
    CASE WHEN ${stranger !== null} THEN now() END)`;
}

function strangeness(
  event: StripeEvent,
): "wrong_mode" | "wrong_account" | null {
  if (event.livemode !== livemode()) return "wrong_mode";
  return event.account ? "wrong_account" : null;
}
