import { livemode } from "@/lib/platform/env";
import type { Cell, Metric } from "./metric";

export const refunds: Metric = {
  key: "refunds",
  title: "Refunds",
  definition:
    "Payments that were given back, wholly or in part, beside those that succeeded in the same time. Refunds that failed or were called off do not count.",
  by: null,
  figures: [
    {
      key: "paid",
      label: "Payments",
      definition: "Payments that succeeded.",
      unit: "count",
      total: "sum",
    },
    {
      key: "refunded",
      label: "Refunded",
      definition:
        "Payments of which something was given back for the first time, whenever they were made.",
      unit: "count",
      total: "sum",
    },
    {
      key: "refundRate",
      label: "Refund rate",
      definition: "Refunded, for each payment that succeeded.",
      unit: "rate",
      ratio: ["refunded", "paid"],
    },
  ],
  charts: [
    {
      title: "Refunded payments",
      series: [{ key: "refunded", tone: "warning" }],
    },
  ],
  read: (tx, { from, to, step }) =>
    tx.$queryRaw<Cell[]>`
      SELECT date_trunc(${step}, created_at, 'UTC') AS at, '' AS "group", 'paid' AS key, count(*) AS amount
      FROM charge WHERE livemode = ${livemode()} AND created_at >= ${from} AND created_at < ${to}
        AND status = 'succeeded'
      GROUP BY 1
      UNION ALL
      SELECT date_trunc(${step}, created_at, 'UTC'), '', 'refunded', count(DISTINCT (tenant_id, payment_id))
      FROM refund WHERE livemode = ${livemode()} AND created_at >= ${from} AND created_at < ${to}
        AND COALESCE(status, '') NOT IN ('failed', 'canceled')
        AND NOT EXISTS (
          SELECT FROM refund AS earlier
          WHERE earlier.tenant_id = refund.tenant_id AND earlier.payment_id = refund.payment_id
            AND COALESCE(earlier.status, '') NOT IN ('failed', 'canceled')
            AND (earlier.created_at, earlier.id) < (refund.created_at, refund.id))
      GROUP BY 1`,
};
