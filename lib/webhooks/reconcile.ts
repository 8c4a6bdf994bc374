import type Stripe from "stripe";
import { systemDb } from "@/lib/platform/db";
import { stripe } from "@/lib/platform/stripe";
import {
  after,
  days,
  fromUnix,
  hours,
  minutes,
  toUnix,
} from "@/lib/platform/time";
import { takeReadTicket } from "@/lib/sync/read-budget";
import { stripeEvent } from "./event";
import { handlerFor } from "./handlers";
import { runJob } from "./job";
import { readFromStripe, storeEvent } from "./store";

/** Stripe lists events for 30 days (hazard 19); a page of them may come into the list late. */
const kept = days(29);
const overlap = minutes(10);

/** What is gone through before the position is kept: a run that ends early loses no more than this. */
const span = hours(6);

export type Reconciled = { seen: number; missing: number };

/**
 * Goes through Stripe's own list of events since the last run and puts those that never arrived through
 * the same door as a webhook. Begins nothing after `deadline`; the next run goes on from there. Null while
 * another instance does so. Repeatable; `say` tells each one found.
 */
export async function reconcileEvents(
  {
    dryRun = false,
    since,
    deadline,
  }: { dryRun?: boolean; since?: Date; deadline?: Date },
  say: (line: string) => void = () => {},
  now = new Date(),
): Promise<Reconciled | null> {
  return runJob("reconcile", async (job) => {
    const done: Reconciled = { seen: 0, missing: 0 };
    let from = since ?? startOf(job.position, now);
    while (from < now && !(deadline && new Date() > deadline)) {
      const end = after(from, span);
      const until = end < now ? end : now;
      for await (const event of listEvents(from, until)) {
        if (!handlerFor(event.type)) continue;
        done.seen += 1;
        if (!(await takeIn(event, dryRun))) continue;
        done.missing += 1;
        say(`${event.id} ${event.type} had not arrived`);
      }
      await job.advance(dryRun ? job.position : String(toUnix(until)));
      from = until;
    }
    return done;
  });
}

/** Page by page, each page drawn from the budget. */
async function* listEvents(from: Date, until: Date) {
  let after: string | undefined;
  do {
    await takeReadTicket({ kind: "job", id: "reconcile" });
    const page = await stripe().events.list({
      created: { gte: toUnix(from), lte: toUnix(until) },
      limit: 100,
      ...(after && { starting_after: after }),
    });
    yield* page.data;
    after = page.has_more ? page.data.at(-1)?.id : undefined;
  } while (after);
}

function startOf(position: string, now: Date): Date {
  const oldest = after(now, -kept);
  if (!position) return oldest;
  const last = after(fromUnix(Number(position)), -overlap);
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
