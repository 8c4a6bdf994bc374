import { Prisma, systemDb, type Transaction } from "@/lib/platform/db";

export type Leak = {
  tenantId: string;
  /** A payment, an invoice or a refund that was asked for. */
  objectId: string;
  what:
    | "more_back_than_captured"
    | "refunds_do_not_add_up"
    | "another_currency"
    | "more_reserved_than_left"
    | "refund_of_ours_is_missing"
    | "more_credited_than_billed"
    | "amount_impossible";
};

/**
 * Where money is not conserved in our rows: must be nothing, at any moment. What came in is what is here and what went
 * back; what is reserved is part of what is here; every refund of ours is one of Stripe's. What banks claim does not
 * count: after a refund of a part they may still take the whole, and that is nobody's mistake here.
 */
export async function findLeaks(): Promise<Leak[]> {
  return systemDb("money conservation", (tx) => leaksIn(tx));
}

/** The same within a transaction, of these workspaces alone where some are named: its cost is then theirs alone. */
export async function leaksIn(
  tx: Transaction,
  tenantIds?: readonly string[],
): Promise<Leak[]> {
  const own = (table: string) =>
    tenantIds
      ? Prisma.sql`${Prisma.raw(table)}.tenant_id = ANY (${tenantIds})`
      : Prisma.sql`true`;
  return tx.$queryRaw<Leak[]>`
    WITH back AS (
      SELECT tenant_id, payment_id, sum(amount) AS amount FROM refund
      WHERE ${own("refund")} AND status IS DISTINCT FROM 'failed' AND status IS DISTINCT FROM 'canceled' GROUP BY 1, 2
    ), reserved AS (
      SELECT tenant_id, payment_id, sum(amount) AS amount FROM refund_command
      WHERE ${own("refund_command")} AND closed_at IS NULL AND NOT EXISTS (
        -- Stripe has made it, and only its answer is missing here.
        SELECT FROM refund WHERE refund.tenant_id = refund_command.tenant_id
          AND refund.payment_id = refund_command.payment_id AND refund.amount = refund_command.amount
          AND NOT EXISTS (SELECT FROM refund_command AS other
            WHERE other.tenant_id = refund.tenant_id AND other.refund_id = refund.id))
      GROUP BY 1, 2
    ), money AS (
      SELECT payment.*, COALESCE(back.amount, 0) AS back, COALESCE(reserved.amount, 0) AS reserved
      FROM payment
      LEFT JOIN back ON back.tenant_id = payment.tenant_id AND back.payment_id = payment.id
      LEFT JOIN reserved ON reserved.tenant_id = payment.tenant_id AND reserved.payment_id = payment.id
      WHERE ${own("payment")}
    )
    SELECT tenant_id AS "tenantId", id AS "objectId", 'amount_impossible' AS what FROM money
      WHERE amount < 0 OR amount_captured < 0 OR amount_captured > amount OR amount_refunded < 0
    UNION ALL
    SELECT tenant_id, id, 'refunds_do_not_add_up' FROM money WHERE back <> amount_refunded
    UNION ALL
    SELECT tenant_id, id, 'more_back_than_captured' FROM money WHERE amount_refunded > amount_captured
    UNION ALL
    SELECT tenant_id, id, 'more_reserved_than_left' FROM money WHERE reserved > amount_captured - amount_refunded
    UNION ALL
    SELECT payment.tenant_id, payment.id, 'another_currency' FROM money AS payment
      JOIN (SELECT tenant_id, payment_id, currency FROM refund
        UNION ALL SELECT tenant_id, payment_id, currency FROM refund_command) AS part
      ON part.tenant_id = payment.tenant_id AND part.payment_id = payment.id AND part.currency <> payment.currency
      WHERE ${own("part")}
    UNION ALL
    SELECT command.tenant_id, command.id, 'refund_of_ours_is_missing' FROM refund_command AS command
      WHERE ${own("command")} AND command.refund_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM refund WHERE refund.tenant_id = command.tenant_id AND refund.id = command.refund_id
          AND refund.payment_id = command.payment_id AND refund.amount = command.amount)
    UNION ALL
    SELECT tenant_id, id, 'more_credited_than_billed' FROM invoice
      WHERE ${own("invoice")} AND (amount_credited < 0 OR amount_credited > greatest(total, 0))
    ORDER BY 1, 2, 3`;
}
