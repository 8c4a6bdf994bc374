import { unclaimed } from "@/lib/catalog/dispute-state";
import { livemode } from "@/lib/platform/env";
import type { Cell, Metric } from "./metric";

export const revenue: Metric = {
  key: "revenue",
  title: "Revenue",
  definition:
    "Money that came and went, each on its own day: plans and purchases, tax included, Stripe’s fees not taken off. What was paid outside of Stripe is not in it.",
  by: "currency",
  figures: [
    {
      key: "gross",
      label: "Gross",
      definition: "What payments brought in.",
      unit: "money",
      total: "sum",
    },
    {
      key: "refunded",
      label: "Refunded",
      definition:
        "What was given back, whenever it was paid. A refund that failed is here again.",
      unit: "money",
      total: "sum",
    },
    {
      key: "disputed",
      label: "Disputed",
      definition:
        "What banks have claimed and not given back, on the day they claimed it.",
      unit: "money",
      total: "sum",
    },
    {
      key: "net",
      label: "Net",
      definition: "Gross, less what was refunded and disputed.",
      unit: "money",
      plus: ["gross", "refunded", "disputed"],
    },
  ],
  charts: [
    {
      title: "Gross revenue, and what went back",
      series: [
        { key: "gross", tone: "ink" },
        { key: "refunded", tone: "warning" },
        { key: "disputed", tone: "danger" },
      ],
    },
  ],
  read: (tx, { from, to, step }) =>
    tx.$queryRaw<Cell[]>`
      SELECT date_trunc(${step}, created_at, 'UTC') AS at, currency AS "group", 'gross' AS key,
        sum(amount_captured)::bigint AS amount
      FROM charge WHERE livemode = ${livemode()} AND created_at >= ${from} AND created_at < ${to}
        AND status = 'succeeded'
      GROUP BY 1, 2
      UNION ALL
      SELECT date_trunc(${step}, created_at, 'UTC'), currency, 'refunded', -sum(amount)::bigint
      FROM refund WHERE livemode = ${livemode()} AND created_at >= ${from} AND created_at < ${to}
        AND COALESCE(status, '') NOT IN ('failed', 'canceled')
      GROUP BY 1, 2
      UNION ALL
      SELECT date_trunc(${step}, created_at, 'UTC'), currency, 'disputed', -sum(amount)::bigint
      FROM dispute WHERE livemode = ${livemode()} AND created_at >= ${from} AND created_at < ${to}
        AND status <> ALL (${unclaimed})
      GROUP BY 1, 2`,
};
