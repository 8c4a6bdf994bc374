import { createHash } from "node:crypto";
import { Prisma, type Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { added, allAdded, type Added } from "./added";
import type { Cell } from "./metric";
import type { Period } from "./period";

/** The job that keeps sums of our own mode. */
export const sumsJob = () => `metric_sums.${livemode() ? "live" : "test"}`;

/** Of what is added up and how: what was kept of other sums does not count. */
export function version(): string {
  const all = allAdded.map((metric) => added[metric]());
  const text = JSON.stringify(all.map(({ text, values }) => [text, values]));
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

const dayOf = (moment: string) =>
  Prisma.raw(`date_trunc('day', ${moment}, 'UTC')`);

/**
 * `kept`: up to which whole hour all is kept, a day that is over as one span, of the day after it each hour.
 * `late`: the spans before that of which something was told since.
 */
export const keptAndLate = () => Prisma.sql`
  kept AS MATERIALIZED (SELECT COALESCE((
    SELECT split_part(position, ' ', 2)::timestamptz FROM job_cursor
    WHERE name = ${sumsJob()} AND split_part(position, ' ', 1) = ${version()}), '-infinity') AS until),
  late AS MATERIALIZED (
    SELECT CASE WHEN ${dayOf("hour")} + interval '24 hours' <= until THEN ${dayOf("hour")} ELSE hour END AS start,
      CASE WHEN ${dayOf("hour")} + interval '24 hours' <= until THEN ${dayOf("hour")} + interval '24 hours'
        ELSE hour + interval '1 hour' END AS stop,
      min(noted_at) AS noted_at
    FROM metric_late, kept WHERE livemode = ${livemode()} AND hour < until GROUP BY 1, 2)`;

/**
 * The cells of each step of a period, exactly as if all were added up now: a kept span by what was kept, unless
 * something was told of it since, any other anew. In one statement, so that all of it is of one moment.
 */
export function readSums(
  tx: Transaction,
  metric: Added,
  { from, to, step }: Pick<Period, "from" | "to" | "step">,
): Promise<Cell[]> {
  return tx.$queryRaw<Cell[]>`
    WITH ${keptAndLate()}, days AS (
      SELECT day AS start, day + interval '24 hours' AS stop, until, until > day AND until < day + interval '24 hours' AS parted
      FROM kept, generate_series(${from}::timestamptz, ${to}::timestamptz - interval '24 hours', interval '24 hours') AS day
    ), spans AS (
      SELECT start, stop, until FROM days WHERE NOT parted
      UNION ALL
      SELECT hour, hour + interval '1 hour', until
      FROM days, generate_series(start, until - interval '1 hour', interval '1 hour') AS hour WHERE parted
      UNION ALL
      SELECT until, stop, until FROM days WHERE parted
    ), told AS MATERIALIZED (
      SELECT start, stop, stop > until OR start IN (SELECT start FROM late) AS anew FROM spans
    ), cells AS (
      SELECT told.start, cell."group", cell.key, cell.amount FROM told JOIN metric_sum AS cell USING (start)
      WHERE NOT anew AND livemode = ${livemode()} AND metric = ${metric} AND start >= ${from} AND start < ${to}
      UNION ALL
      SELECT told.start, cell.* FROM told CROSS JOIN LATERAL (${added[metric]()}) AS cell WHERE anew
    )
    SELECT date_trunc(${step}, start, 'UTC') AS at, "group", key, sum(amount)::bigint AS amount
    FROM cells GROUP BY 1, 2, 3`;
}

/** What all cells before a moment, which begins a day, come to in each group. */
export function readBefore(
  tx: Transaction,
  metric: Added,
  from: Date,
): Promise<Pick<Cell, "group" | "amount">[]> {
  return tx.$queryRaw<Pick<Cell, "group" | "amount">[]>`
    WITH ${keptAndLate()}, told AS MATERIALIZED (
      SELECT until AS start, ${from}::timestamptz AS stop FROM kept
      UNION ALL
      SELECT start, stop FROM late WHERE start < ${from}
    ), cells AS (
      SELECT "group", amount FROM metric_sum
      WHERE livemode = ${livemode()} AND metric = ${metric} AND start < ${from} AND start < (SELECT until FROM kept)
        AND start NOT IN (SELECT start FROM late)
      UNION ALL
      SELECT cell."group", cell.amount FROM told CROSS JOIN LATERAL (${added[metric]()}) AS cell
    )
    SELECT "group", sum(amount)::bigint AS amount FROM cells GROUP BY 1`;
}
