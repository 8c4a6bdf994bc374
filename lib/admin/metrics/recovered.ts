import { livemode } from "@/lib/platform/env";
import type { Cell, Metric } from "./metric";

export const recovered: Metric = {
  key: "recovered",
  title: "Recovered revenue",
  definition:
    "Invoices of a running plan that were paid after an attempt to collect them had failed, on the day they were paid. A buyer who tries a second card for a first purchase is not in it.",
  by: "currency",
  figures: [
    {
      key: "recovered",
      label: "Recovered",
      definition: "What those invoices brought in.",
      unit: "money",
      total: "sum",
    },
    {
      key: "invoices",
      label: "Invoices",
      definition: "How many they are.",
      unit: "count",
      total: "sum",
    },
  ],
  charts: [
    {
      title: "Recovered revenue",
      series: [{ key: "recovered", tone: "good" }],
    },
  ],
  read: (tx, { from, to, step }) =>
    tx.$queryRaw<Cell[]>`
      WITH late AS (
        SELECT date_trunc(${step}, paid_at, 'UTC') AS at, currency, amount_paid FROM invoice
        WHERE livemode = ${livemode()} AND paid_at >= ${from} AND paid_at < ${to} AND amount_paid > 0
          AND subscription_id IS NOT NULL AND billing_reason IS DISTINCT FROM 'subscription_create'
          AND EXISTS (
            SELECT FROM charge WHERE charge.tenant_id = invoice.tenant_id
              AND charge.payment_id = ANY (invoice.payment_ids) AND charge.status = 'failed'))
      SELECT at, currency AS "group", 'recovered' AS key, sum(amount_paid)::bigint AS amount FROM late GROUP BY 1, 2
      UNION ALL
      SELECT at, currency, 'invoices', count(*) FROM late GROUP BY 1, 2`,
};
