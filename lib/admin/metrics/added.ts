import { unclaimed } from "@/lib/catalog/dispute-state";
import { Prisma } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";

/** Of our own mode, at a moment within the time that stands beside it. */
const within = (moment: Prisma.Sql) =>
  Prisma.sql`livemode = ${livemode()} AND ${moment} >= told.start AND ${moment} < told.stop`;
const made = () => within(Prisma.sql`created_at`);

const paid = () => Prisma.sql`
  SELECT '' AS "group", 'paid' AS key, count(*) AS amount FROM charge
  WHERE ${made()} AND status = 'succeeded' HAVING count(*) > 0`;

/**
 * What each metric adds up, of one day or hour: cells of a group (a currency, a reason), a key and an amount. Of rows
 * that may change later only where a trigger notes the time (see note_late in prisma/migrations).
 */
export const added = {
  /** Minor units a month. */
  mrr: () => Prisma.sql`
    SELECT currency AS "group", kind AS key, sum(after - before)::bigint AS amount
    FROM mrr_movement WHERE ${within(Prisma.sql`at`)} GROUP BY 1, 2`,

  payers: () => Prisma.sql`
    SELECT currency AS "group", CASE kind WHEN 'churn' THEN 'lost' ELSE 'won' END AS key,
      sum(CASE kind WHEN 'churn' THEN -1 ELSE 1 END)::bigint AS amount
    FROM mrr_movement WHERE ${within(Prisma.sql`at`)} AND kind IN ('new', 'reactivation', 'churn') GROUP BY 1, 2`,

  revenue: () => Prisma.sql`
    SELECT currency AS "group", 'gross' AS key, sum(amount_captured)::bigint AS amount
    FROM charge WHERE ${made()} AND status = 'succeeded' GROUP BY 1
    UNION ALL
    SELECT currency, 'refunded', -sum(amount)::bigint
    FROM refund WHERE ${made()} AND COALESCE(status, '') NOT IN ('failed', 'canceled') GROUP BY 1
    UNION ALL
    SELECT currency, 'disputed', -sum(amount)::bigint
    FROM dispute WHERE ${made()} AND status <> ALL (${unclaimed}) GROUP BY 1`,

  recovered: () => Prisma.sql`
    SELECT currency AS "group", key, sum(part)::bigint AS amount
    FROM invoice, LATERAL (VALUES ('recovered', amount_paid), ('invoices', 1)) AS figure (key, part)
    WHERE ${within(Prisma.sql`paid_at`)} AND amount_paid > 0
      AND subscription_id IS NOT NULL AND billing_reason IS DISTINCT FROM 'subscription_create'
      AND EXISTS (
        SELECT FROM charge WHERE charge.tenant_id = invoice.tenant_id
          AND charge.payment_id = ANY (invoice.payment_ids) AND charge.status = 'failed' OFFSET 0)
    GROUP BY 1, 2`,

  trials: () => Prisma.sql`
    SELECT '' AS "group", CASE WHEN EXISTS (
        SELECT FROM invoice
        WHERE invoice.tenant_id = subscription.tenant_id AND invoice.customer_id = subscription.customer_id
          AND invoice.subscription_id = subscription.id AND invoice.amount_paid > 0)
      THEN 'converted' ELSE 'unpaid' END AS key, count(*) AS amount
    FROM subscription WHERE ${within(Prisma.sql`trial_end`)} AND status <> 'trialing' GROUP BY 2`,

  payments: () => Prisma.sql`
    SELECT '' AS "group", status AS key, count(*) AS amount
    FROM charge WHERE ${made()} AND status IN ('succeeded', 'failed') GROUP BY 2`,

  failures: () => Prisma.sql`
    SELECT COALESCE(decline_code, failure_code, 'no reason given') AS "group", 'failed' AS key, count(*) AS amount
    FROM charge WHERE ${made()} AND status = 'failed' GROUP BY 1`,

  /** A payment counts on the day of the first of its refunds. */
  refunds: () => Prisma.sql`
    ${paid()}
    UNION ALL
    SELECT '', 'refunded', count(*)
    FROM refund WHERE ${made()} AND COALESCE(status, '') NOT IN ('failed', 'canceled')
      AND NOT EXISTS (
        SELECT FROM refund AS earlier
        WHERE earlier.tenant_id = refund.tenant_id AND earlier.payment_id = refund.payment_id
          AND COALESCE(earlier.status, '') NOT IN ('failed', 'canceled')
          AND (earlier.created_at, earlier.id) < (refund.created_at, refund.id))
    HAVING count(*) > 0`,

  disputes: () => Prisma.sql`
    ${paid()}
    UNION ALL
    SELECT '', 'disputed', count(*)
    FROM dispute WHERE ${made()} AND NOT starts_with(status, 'warning_') AND status <> 'prevented'
    HAVING count(*) > 0`,
} satisfies Record<string, () => Prisma.Sql>;

export type Added = keyof typeof added;

/** Theirs in the order above. */
export const allAdded = Object.keys(added) as Added[];
