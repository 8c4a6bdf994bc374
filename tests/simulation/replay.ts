import type pg from "pg";
import { saveSubscription } from "@/lib/sync/subscription";
import { takeTicket } from "@/lib/sync/ticket";
import { claimDueEvent, type ClaimedEvent } from "@/lib/webhooks/claim";
import { markDone, markFailed } from "@/lib/webhooks/mark";
import { storeEvent } from "@/lib/webhooks/store";
import type { Claim } from "./ledger-model";
import { playSchedule, type Step } from "./schedule";
import { subscriptionAt } from "./stripe-model";

const type = "customer.subscription.updated";
/** The model's places in one sequence as moments long past. */
const moment = (place: number) => new Date(1_700_000_000_000 + place * 1000);

/** Three workspaces with a customer each: the owners of the objects of every schedule. */
export async function makeOwners(admin: pg.Pool): Promise<void> {
  for (const at of [0, 1, 2]) {
    await admin.query(
      "INSERT INTO tenant (id, name, slug) VALUES ($1, $1, $1)",
      [`sim${at}`],
    );
    await admin.query(
      `INSERT INTO customer (tenant_id, id, livemode, created_at) VALUES ($1, $2, false, now())`,
      [`sim${at}`, `cus_sim${at}`],
    );
  }
}

/**
 * Does on a real database, with the product's own functions, what a schedule did in the model, and throws
 * where the two do not agree: at any claim, and at the end about every row and every change.
 */
export async function replaySchedule(
  seed: number,
  admin: pg.Pool,
): Promise<{ steps: number }> {
  const steps: Step[] = [];
  playSchedule(seed, (step) => steps.push(step));
  const objectOf = (object: number) => ({
    tenantId: `sim${object}`,
    id: `sub_sim${seed}x${object}`,
    customer: `cus_sim${object}`,
  });
  const eventId = (event: number) =>
    `evt_sim${seed}x${String(event).padStart(3, "0")}`;
  const claims = new Map<number, ClaimedEvent>();
  const tickets = new Map<number, bigint>();
  const expected = new Map<number, number[]>();
  let place = 0;

  const save = async (object: number, version: number, ticket: bigint) => {
    const { tenantId, ...ids } = objectOf(object);
    const cause = { actor: { kind: "job", id: "sim" }, cause: "sim" } as const;
    await saveSubscription(subscriptionAt(version, ids), {
      tenantId,
      ticket,
      cause,
    });
  };
  const know = (object: number, version: number) => {
    const versions = expected.get(object) ?? [];
    if (versions.at(-1) !== version) versions.push(version);
    expected.set(object, versions);
  };

  for (const step of steps) {
    switch (step.do) {
      case "deliver": {
        const event = {
          id: eventId(step.event),
          object: "event",
          type,
          livemode: false,
          data: { object: { id: objectOf(step.object).id } },
        } as const;
        const isNew = await storeEvent(event, {
          bytes: Buffer.from("{}"),
          secretIndex: 0,
        });
        agree(step, isNew, step.isNew);
        if (!isNew) break;
        place += 1;
        await admin.query(
          "UPDATE stripe_event SET next_try_at = $2, received_at = $2 WHERE id = $1",
          [event.id, moment(place)],
        );
        break;
      }
      case "claim": {
        const claimed = await claimDueEvent();
        const wanted = step.claim;
        agree(step, claimed?.id, wanted ? eventId(wanted.event) : undefined);
        if (!claimed || !wanted) break;
        place = wanted.at;
        claims.set(step.worker, { ...claimed, claimedAt: moment(wanted.at) });
        break;
      }
      case "ticket":
        tickets.set(step.worker, await takeTicket());
        break;
      case "save": {
        const ticket = tickets.get(step.worker) ?? 0n;
        await save(step.object, step.version, ticket);
        if (step.applied) know(step.object, step.version);
        break;
      }
      case "done":
        await markDone(claimOf(claims, step), [type]);
        break;
      case "fail":
        await markFailed(claimOf(claims, step), "simulated");
        // Its wait is over when the schedule says so, however slow the machine is.
        await admin.query(
          "UPDATE stripe_event SET next_try_at = 'infinity' WHERE id = $1 AND next_try_at > $2",
          [eventId(step.claim.event), moment(1_000_000)],
        );
        break;
      case "pass_time":
        place = await passTime(admin, place);
        break;
      case "sweep":
        if (step.version === 0) break;
        await save(step.object, step.version, await takeTicket());
        know(step.object, step.version);
    }
  }
  for (const [object, versions] of expected) {
    const { id } = objectOf(object);
    agree({ seed, object }, await changesOf(admin, id), versions.join());
  }
  return { steps: steps.length };
}

function claimOf(
  claims: ReadonlyMap<number, ClaimedEvent>,
  { worker, claim }: { worker: number; claim: Claim },
): ClaimedEvent {
  const claimed = claims.get(worker);
  if (!claimed) throw new Error("marked without a claim");
  return {
    ...claimed,
    attempts: claim.attempts,
    claimedAt: moment(claim.at),
  };
}

/** As in the model: leases end, and what waited falls due, in the order in which it had come. */
async function passTime(admin: pg.Pool, place: number): Promise<number> {
  await admin.query(
    "UPDATE stripe_event SET lease_until = 'epoch' WHERE finished_at IS NULL AND lease_until IS NOT NULL",
  );
  const { rows } = await admin.query<{ id: string }>(
    `SELECT id FROM stripe_event WHERE finished_at IS NULL AND next_try_at > now() ORDER BY received_at`,
  );
  let last = place;
  for (const { id } of rows) {
    last += 1;
    await admin.query(
      "UPDATE stripe_event SET next_try_at = $2 WHERE id = $1",
      [id, moment(last)],
    );
  }
  return last;
}

/** Every version that was stored, in order: the quantity tells it. */
async function changesOf(admin: pg.Pool, id: string): Promise<string> {
  const { rows } = await admin.query<{ quantity: number }>(
    "SELECT quantity FROM subscription_change WHERE subscription_id = $1 ORDER BY id",
    [id],
  );
  return rows.map((row) => row.quantity).join();
}

function agree(where: object, real: unknown, model: unknown): void {
  if (real === model) return;
  throw new Error(
    `${JSON.stringify(where)}: Postgres says ${String(real)}, the model ${String(model)}`,
  );
}
