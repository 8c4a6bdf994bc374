import type Stripe from "stripe";
import { systemDb } from "@/lib/platform/db";
import { stripe } from "@/lib/platform/stripe";
import { days, fromUnix, minutes, toUnix } from "@/lib/platform/time";
import { takeReadTicket } from "@/lib/sync/read-budget";
import { stripeEvent } from "./event";
import { handlerFor } from "./handlers";
import { runJob } from "./job";
import { readFromStripe, storeEvent } from "./store";

/** Stripe lists events for 30 days (hazard 19); a page of them may come into the list late. */
const kept = days(29);
const overlap = minutes(10);

export type Reconciled = { seen: number; missing: number };

/**
 * Goes through Stripe's own list of events since the last run and puts those that never arrived through
 * the same door as a webhook. Null while another instance does so. Repeatable; `say` tells each one found.
 */
export async function reconcileEvents(
  { dryRun = false, since }: { dryRun?: boolean; since?: Date },
  say: (line: string) => void = () => {},
  now = new Date(),
): Promise<Reconciled | null> {
  return runJob("reconcile", async (job) => {
    const from = since ?? startOf(job.position, now);
    const done: Reconciled = { seen: 0, missing: 0 };
    let after: string | undefined;
    for (;;) {
      await takeReadTicket({ kind: "job", id: "reconcile" });
      const page = await stripe().events.list({
        created: { gte: toUnix(from) },
        limit: 100,
        ...(after && { starting_after: after }),
      });
      for (const event of page.data) {
        if (!handlerFor(event.type)) continue;
        done.seen += 1;
        if (!(await takeIn(event, dryRun))) continue;
        done.missing += 1;
        say(`${event.id} ${event.type} had not arrived`);
      }
      after = page.data.at(-1)?.id;
      await job.advance(job.position); // alive
      if (!page.has_more || !after) break;
    }
    if (!dryRun) await job.advance(String(toUnix(now)));
    return done;
  });
}

function startOf(position: string, now: Date): Date {
  const oldest = new Date(now.getTime() - kept);
  if (!position) return oldest;
  const last = new Date(fromUnix(Number(position)).getTime() - overlap);
  return last > oldest ? last : oldest;
}

async function takeIn(event: Stripe.Event, dryRun: boolean): Promise<boolean> {
  if (dryRun) return !(await isStored(event));
  const bytes = Buffer.from(JSON.stringify(event));
  return storeEvent(stripeEvent.parse(event), {
    bytes,
    secretIndex: readFromStripe,
  });
}

async function isStored({ id, livemode, account }: Stripe.Event) {
  const where = { id, livemode, account: account ?? "" };
  return systemDb(
    "is an event stored",
    async (tx) => (await tx.stripeEvent.count({ where })) > 0,
  );
}
