import type Stripe from "stripe";
import { listBuyable } from "@/lib/catalog/tenant-prices";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import type { Money } from "@/lib/platform/money";
import type { OrderLine } from "@/lib/sync/put-order";
import type { ChargeIntent } from "@/prisma/client/client";

/** What is to be paid, and who says so. */
export type Owed = {
  byStaff: boolean;
  /** Of the catalogue, or offered by staff: must still be for sale. */
  priceKeys: string[];
  lines: OrderLine[];
  description: string | null;
  due: Money;
};

/**
 * The one intent row of this request key, inserted if there is none: the unique index decides between simultaneous
 * requests. Throws not_found for a closed workspace and unknown_price for what may not be bought any more: the
 * insert's foreign key waits for whoever is closing it, or withdrawing a price, and what is read afterwards tells.
 */
export async function claimCharge(
  ctx: TenantContext,
  { owed, requestKey }: { owed: Owed; requestKey: string },
): Promise<ChargeIntent> {
  const { tenantId } = ctx;
  const { byStaff, priceKeys, lines, description, due } = owed;
  return tenantDb(ctx, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO charge_intent (tenant_id, id, livemode, by_staff, request_key, price_keys, lines, description,
        amount, currency, created_by)
      VALUES (${tenantId}, ${crypto.randomUUID()}, ${livemode()}, ${byStaff}, ${requestKey}, ${priceKeys},
        ${JSON.stringify(lines)}::jsonb, ${description}, ${due.amount}, ${due.currency}, ${ctx.actor.id})
      ON CONFLICT DO NOTHING`;
    const buyable = await listBuyable(tx, tenantId);
    if (!priceKeys.every((key) => buyable.some((one) => one.lookupKey === key)))
      throw new AppError("unknown_price", { param: "priceId" });
    const { tenant, ...row } = await tx.chargeIntent.findFirstOrThrow({
      where: {
        tenantId,
        livemode: livemode(),
        byStaff,
        requestKey,
        refused: null,
      },
      include: { tenant: true },
    });
    if (tenant.closedAt) throw new AppError("not_found");
    return row;
  });
}

/**
 * Keeps the exact parameters before Stripe is asked and gives back those that count: the first ones kept (hazard 48).
 * Throws payment_closed.
 */
export async function keepChargeParams(
  ctx: TenantContext,
  { id }: ChargeIntent,
  params: Stripe.PaymentIntentCreateParams,
): Promise<Stripe.PaymentIntentCreateParams> {
  const [kept] = await tenantDb(
    ctx,
    (tx) => tx.$queryRaw<{ params: Stripe.PaymentIntentCreateParams }[]>`
      UPDATE charge_intent SET params = COALESCE(params, ${JSON.stringify(params)}::json)
      WHERE tenant_id = ${ctx.tenantId} AND id = ${id} AND closed_at IS NULL
      RETURNING params`,
  );
  // Its price was withdrawn, or Stripe has refused it, at this moment.
  if (!kept) throw new AppError("payment_closed");
  return kept.params;
}

/** What Stripe is or was asked for; null before it is decided. */
export function keptParams({
  params,
}: ChargeIntent): Stripe.PaymentIntentCreateParams | null {
  return params as object | null as Stripe.PaymentIntentCreateParams | null; // keepChargeParams wrote it
}

/** Stripe made none and never will with these parameters: the request key may be used again. */
export async function refuseCharge(
  ctx: TenantContext,
  { id }: ChargeIntent,
  refused: string,
): Promise<void> {
  await tenantDb(ctx, (tx) =>
    tx.chargeIntent.updateMany({
      where: { tenantId: ctx.tenantId, id, closedAt: null },
      data: { refused, closedAt: new Date() },
    }),
  );
}

/** The row as it is now. */
export async function reloadCharge(
  { tenantId }: TenantContext,
  { id }: { id: string },
): Promise<ChargeIntent> {
  return tenantDb({ tenantId }, (tx) =>
    tx.chargeIntent.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id } },
    }),
  );
}

/**
 * What a payment of the tenant's own is for. Throws not_found for another's, and payment_elsewhere for one that an
 * invoice or a checkout has made.
 */
export async function requireCharge(
  { tenantId }: { tenantId: string },
  paymentId: string,
): Promise<ChargeIntent & { paymentId: string }> {
  return tenantDb({ tenantId }, async (tx) => {
    const row = await tx.chargeIntent.findUnique({
      where: { tenantId_paymentId: { tenantId, paymentId } },
    });
    if (row?.livemode === livemode()) return { ...row, paymentId };
    const known = await tx.payment.count({
      where: { tenantId, id: paymentId, livemode: livemode() },
    });
    throw new AppError(known > 0 ? "payment_elsewhere" : "not_found");
  });
}
