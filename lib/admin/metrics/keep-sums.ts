import { Prisma, systemDb, systemSql } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { runJob } from "@/lib/webhooks/job";
import { added, allAdded } from "./added";
import { keptAndLate, sumsJob, version } from "./sums";

/**
 * Longer than any transaction of ours takes: whoever wrote of a time while it was not over, or beside somebody else who
 * wrote of it, has committed by then.
 */
const settled = Prisma.sql`interval '1 minute'`;

type Span = { start: Date; stop: Date };

/**
 * Keeps what each metric came to in every day and hour that is over, and anew where something was told of one since; not
 * beyond `deadline`, the next run goes on. Repeatable: what is read is the same before and after.
 */
export async function keepSums(deadline: Date): Promise<void> {
  await runJob(sumsJob(), async ({ position, advance }) => {
    let at = position;
    for (const span of await lateSpans()) {
      if (new Date() > deadline || !(await keep(span, at, at))) return;
    }
    for (const span of await nextSpans(at)) {
      const to = `${version()} ${span.stop.toISOString()}`;
      if (new Date() > deadline || !(await keep(span, at, to))) return;
      await advance(to);
      at = to;
    }
  });
}

async function lateSpans(): Promise<Span[]> {
  return systemSql<Span>(
    "times that changed",
    Prisma.sql`WITH ${keptAndLate()} SELECT start, stop FROM late WHERE noted_at < now() - ${settled} ORDER BY 1`,
  );
}

/**
 * What follows, or else the first of which there is anything, up to now by the database's clock: each day that is over,
 * of which some hours may be kept, and then each hour.
 */
async function nextSpans(position: string): Promise<Span[]> {
  const [made, until = ""] = position.split(" ");
  const last = made === version() ? until : "";
  const first = (table: string, moment: string) =>
    Prisma.sql`(SELECT min(${Prisma.raw(moment)}) FROM ${Prisma.raw(table)} WHERE livemode = ${livemode()})`;
  return systemSql<Span>(
    "times that are over",
    Prisma.sql`
      WITH bounds AS (
        SELECT COALESCE(NULLIF(${last}, '')::timestamptz, date_trunc('day', LEAST(
          ${first("charge", "created_at")}, ${first("refund", "created_at")}, ${first("dispute", "created_at")},
          ${first("invoice", "paid_at")}, ${first("subscription", "trial_end")}, ${first("mrr_movement", "at")}
        ), 'UTC')) AS first, date_trunc('hour', now() - ${settled}, 'UTC') AS last
      )
      SELECT start, start + interval '24 hours' AS stop FROM bounds,
        generate_series(date_trunc('day', first, 'UTC'), last - interval '24 hours', interval '24 hours') AS start
      UNION ALL
      SELECT start, start + interval '1 hour' FROM bounds,
        generate_series(GREATEST(first, date_trunc('day', last, 'UTC')), last - interval '1 hour', interval '1 hour') AS start
      ORDER BY 1`,
  );
}

/**
 * Moves from one position to another, and keeps the span, at once. What was noted before this begins is in the sums, what
 * is noted later stays noted. False: another run has moved on meanwhile.
 */
async function keep(
  { start, stop }: Span,
  from: string,
  to: string,
): Promise<boolean> {
  return systemDb("what a time came to", async (tx) => {
    const moved =
      await tx.$executeRaw`UPDATE job_cursor SET position = ${to} WHERE name = ${sumsJob()} AND position = ${from}`;
    if (moved === 0) return false;
    await tx.$executeRaw`
      DELETE FROM metric_late WHERE livemode = ${livemode()} AND hour >= ${start} AND hour < ${stop}
        AND noted_at < now() - ${settled}`;
    await tx.$executeRaw`DELETE FROM metric_sum WHERE livemode = ${livemode()} AND start >= ${start} AND start < ${stop}`;
    for (const metric of allAdded)
      await tx.$executeRaw`
        WITH told AS (SELECT ${start}::timestamptz AS start, ${stop}::timestamptz AS stop)
        INSERT INTO metric_sum (livemode, metric, start, "group", key, amount)
        SELECT ${livemode()}::boolean, ${metric}::text, told.start, cell."group", cell.key, cell.amount
        FROM told CROSS JOIN LATERAL (${added[metric]()}) AS cell`;
    return true;
  });
}
