import { livemode } from "@/lib/platform/env";
import { dayCounts } from "@/lib/webhooks/days";
import type { Cell, Metric } from "./metric";

export const webhooks: Metric = {
  key: "webhooks",
  title: "Webhook delivery",
  definition:
    "What Stripe told, by the day on which we heard of it. A day is counted anew for a week, and then stays as it is.",
  by: null,
  figures: [
    {
      key: "delivered",
      label: "Delivered",
      definition: "Events that Stripe’s webhooks brought.",
      unit: "count",
      total: "sum",
    },
    {
      key: "missed",
      label: "Missed",
      definition: "Events that no webhook brought, found in Stripe’s own list.",
      unit: "count",
      total: "sum",
    },
    {
      key: "events",
      label: "Events",
      definition: "Delivered and missed.",
      unit: "count",
      plus: ["delivered", "missed"],
    },
    {
      key: "deliveryRate",
      label: "Delivery rate",
      definition: "Delivered, as a part of all events.",
      unit: "rate",
      ratio: ["delivered", "events"],
    },
    {
      key: "clean",
      label: "At first attempt",
      definition: "Events that were worked on without a failed attempt.",
      unit: "count",
      total: "sum",
    },
    {
      key: "cleanRate",
      label: "First-attempt rate",
      definition: "At first attempt, as a part of all events.",
      unit: "rate",
      ratio: ["clean", "events"],
    },
    {
      key: "dead",
      label: "Dead",
      definition: "Events that were tried to the end and wait for a person.",
      unit: "count",
      total: "sum",
    },
  ],
  charts: [
    {
      title: "Events",
      series: [
        { key: "delivered", tone: "ink" },
        { key: "missed", tone: "danger" },
      ],
    },
  ],
  /** Of the inbox itself only what is not told of in webhook_day: today, and what no cron has come to. */
  read: (tx, { from, to, step }) =>
    tx.$queryRaw<Cell[]>`
      WITH told AS (
        SELECT day::timestamp AT TIME ZONE 'UTC' AS at, delivered, missed, clean, dead FROM webhook_day
        WHERE livemode = ${livemode()} AND day >= (${from}::timestamptz AT TIME ZONE 'UTC')::date
          AND day < (${to}::timestamptz AT TIME ZONE 'UTC')::date
      ), heard AS (
        SELECT date_trunc('day', received_at, 'UTC') AS at, ${dayCounts} FROM stripe_event
        WHERE received_at >= GREATEST(${from}, (
            SELECT (max(day) + 1)::timestamp AT TIME ZONE 'UTC' FROM webhook_day WHERE livemode = ${livemode()}))
          AND received_at < ${to} AND account = '' AND livemode = ${livemode()}
        GROUP BY 1
      ), days AS (SELECT * FROM told UNION ALL SELECT * FROM heard)
      SELECT date_trunc(${step}, days.at, 'UTC') AS at, '' AS "group", key, sum(amount)::bigint AS amount
      FROM days, LATERAL (VALUES ('delivered', delivered), ('missed', missed), ('clean', clean), ('dead', dead))
        AS part (key, amount)
      GROUP BY 1, 3`,
};
