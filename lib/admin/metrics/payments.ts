import { livemode } from "@/lib/platform/env";
import type { Cell, Metric } from "./metric";

export const payments: Metric = {
  key: "payments",
  title: "Payments",
  definition:
    "Every attempt to take money, by card or otherwise, on the day it was made. Attempts that a bank has not answered yet are left out until it has.",
  by: null,
  figures: [
    {
      key: "succeeded",
      label: "Succeeded",
      definition: "Attempts that took the money.",
      unit: "count",
      total: "sum",
    },
    {
      key: "failed",
      label: "Failed",
      definition: "Attempts that were declined, or failed otherwise.",
      unit: "count",
      total: "sum",
    },
    {
      key: "attempts",
      label: "Attempts",
      definition: "Those that succeeded and those that failed.",
      unit: "count",
      plus: ["succeeded", "failed"],
    },
    {
      key: "successRate",
      label: "Success rate",
      definition: "Succeeded, as a part of all attempts.",
      unit: "rate",
      ratio: ["succeeded", "attempts"],
    },
    {
      key: "failureRate",
      label: "Failure rate",
      definition: "Failed, as a part of all attempts.",
      unit: "rate",
      ratio: ["failed", "attempts"],
    },
  ],
  charts: [
    {
      title: "Attempts",
      series: [
        { key: "succeeded", tone: "ink" },
        { key: "failed", tone: "danger" },
      ],
    },
  ],
  read: (tx, { from, to, step }) =>
    tx.$queryRaw<Cell[]>`
      SELECT date_trunc(${step}, created_at, 'UTC') AS at, '' AS "group", status AS key, count(*) AS amount
      FROM charge WHERE livemode = ${livemode()} AND created_at >= ${from} AND created_at < ${to}
        AND status IN ('succeeded', 'failed')
      GROUP BY 1, 3`,
};
