import { Prisma, systemDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { after, days } from "@/lib/platform/time";
import { runJob } from "./job";
import { readFromStripe } from "./store";

/** An event that is retried or replayed is done within so many days, or counts as it stands then. */
const settled = 7;

/** What webhook_day tells of a day, of the events of our own account and mode. */
export const dayCounts = Prisma.sql`
  count(*) FILTER (WHERE secret_index <> ${readFromStripe})::int AS delivered,
  count(*) FILTER (WHERE secret_index = ${readFromStripe})::int AS missed,
  count(*) FILTER (WHERE state IN ('done', 'ignored') AND history = '[]')::int AS clean,
  count(*) FILTER (WHERE state = 'dead')::int AS dead`;

/**
 * Writes down, once a day and not beyond `deadline`, what became of each finished day's events, before old ones are
 * deleted; the last days anew. Repeatable: a day never shrinks because its events have gone since.
 */
export async function rollUpDays(
  deadline: Date,
  now = new Date(),
): Promise<void> {
  const yesterday = dayOf(after(now, -days(1)));
  await runJob("webhook_days", async ({ position, advance }) => {
    if (position >= yesterday) return;
    const first = position || (await oldestDay());
    if (!first) return;
    const again = dayOf(after(new Date(yesterday), -days(settled - 1)));
    let day = position && first > again ? again : first;
    for (; day <= yesterday && new Date() < deadline; day = next(day)) {
      await rollUp(day);
      // What is behind the last days is told at once; those are told of as a whole, or not at all.
      if (day < again || day === yesterday) await advance(day);
    }
  });
}

async function rollUp(day: string): Promise<void> {
  await systemDb(
    "webhooks of a day",
    (tx) => tx.$executeRaw`
      INSERT INTO webhook_day AS stored (day, livemode, delivered, missed, clean, dead)
      SELECT ${day}::date, livemode, ${dayCounts} FROM stripe_event
      WHERE received_at >= ${new Date(day)} AND received_at < ${new Date(next(day))}
        AND account = '' AND livemode = ${livemode()}
      GROUP BY livemode
      ON CONFLICT (livemode, day) DO UPDATE SET delivered = excluded.delivered, missed = excluded.missed,
        clean = excluded.clean, dead = excluded.dead
      WHERE excluded.delivered + excluded.missed >= stored.delivered + stored.missed`,
  );
}

async function oldestDay(): Promise<string | null> {
  const oldest = await systemDb("oldest event", (tx) =>
    tx.stripeEvent.findFirst({
      orderBy: { receivedAt: "asc" },
      select: { receivedAt: true },
    }),
  );
  return oldest && dayOf(oldest.receivedAt);
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);
const next = (day: string) => dayOf(after(new Date(day), days(1)));
