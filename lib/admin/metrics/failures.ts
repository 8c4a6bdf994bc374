import { livemode } from "@/lib/platform/env";
import type { Cell, Metric } from "./metric";

export const failures: Metric = {
  key: "failures",
  title: "Why payments failed",
  definition:
    "Failed attempts by the reason that the bank or Stripe gave, in Stripe’s word for it, most frequent first.",
  by: "reason",
  figures: [
    {
      key: "failed",
      label: "Failed attempts",
      definition: "Attempts that failed for this reason.",
      unit: "count",
      total: "sum",
    },
  ],
  charts: [],
  read: (tx, { from, to, step }) =>
    tx.$queryRaw<Cell[]>`
      SELECT date_trunc(${step}, created_at, 'UTC') AS at,
        COALESCE(decline_code, failure_code, 'no reason given') AS "group", 'failed' AS key, count(*) AS amount
      FROM charge WHERE livemode = ${livemode()} AND created_at >= ${from} AND created_at < ${to}
        AND status = 'failed'
      GROUP BY 1, 2`,
};
