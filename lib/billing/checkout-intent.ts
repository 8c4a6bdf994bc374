import type Stripe from "stripe";
import { listBuyable } from "@/lib/catalog/tenant-prices";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb, type Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import type { CheckoutIntent, CheckoutSession } from "@/prisma/client/client";
import type { Sale } from "./sale";

/**
 * A creator that is silent for so long is taken for dead. Should it live after all, it sends the same
 * parameters with the same key, or finds its intent closed.
 */
const leaseSeconds = 25;

export type IntentState =
  /** Ours to create, or to finish for a creator that died: its parameters and key are used again. */
  | { kind: "ours"; intent: CheckoutIntent }
  /** Somebody else is creating it at this moment. */
  | { kind: "busy" }
  | { kind: "created"; intent: CheckoutIntent; session: CheckoutSession };

/**
 * The one open intent of this tenant and product group: inserted if there is none, the unique index deciding
 * between simultaneous requests. Throws not_found for a closed workspace, and unknown_price for what may not
 * be bought any more: the insert's foreign key waits for whoever is closing it, or withdrawing a price, and
 * what is read afterwards tells.
 */
export async function claimIntent(
  ctx: TenantContext,
  input: { sale: Sale; fingerprint: string },
): Promise<IntentState> {
  const { tenantId } = ctx;
  const { group, items } = input.sale;
  const priceKeys = items.map(({ price }) => price.lookupKey);
  return tenantDb(ctx, async (tx) => {
    const inserted = await tx.$executeRaw`
      INSERT INTO checkout_intent
        (tenant_id, id, livemode, product_group, fingerprint, price_keys, lease_until, created_by)
      VALUES (${tenantId}, ${crypto.randomUUID()}, ${livemode()}, ${group}, ${input.fingerprint}, ${priceKeys},
        now() + make_interval(secs => ${leaseSeconds}), ${ctx.actor.id})
      ON CONFLICT DO NOTHING`;
    const buyable = await listBuyable(tx, tenantId);
    if (!priceKeys.every((key) => buyable.some((one) => one.lookupKey === key)))
      throw new AppError("unknown_price", { param: "priceId" });
    const open = await tx.checkoutIntent.findFirst({
      where: {
        tenantId,
        livemode: livemode(),
        productGroup: group,
        closedAt: null,
      },
      include: { session: true, tenant: true },
    });
    if (!open) return { kind: "busy" }; // it was closed in between: look again
    const { session, tenant, ...intent } = open;
    if (tenant.closedAt) throw new AppError("not_found");
    if (session) return { kind: "created", intent, session };
    if (inserted > 0) return { kind: "ours", intent };
    const leaseUntil = await takeOver(tx, intent);
    return leaseUntil
      ? { kind: "ours", intent: { ...intent, leaseUntil } }
      : { kind: "busy" };
  });
}

/** The database's clock decides whether a lease has run out, and the row lock who gets it next. */
async function takeOver(
  tx: Transaction,
  { tenantId, id }: CheckoutIntent,
): Promise<Date | null> {
  const [taken] = await tx.$queryRaw<{ leaseUntil: Date }[]>`
    UPDATE checkout_intent SET lease_until = now() + make_interval(secs => ${leaseSeconds})
    WHERE tenant_id = ${tenantId} AND id = ${id} AND closed_at IS NULL AND lease_until < now()
    RETURNING lease_until AS "leaseUntil"`;
  return taken?.leaseUntil ?? null;
}

/**
 * Keeps the exact parameters before Stripe is asked and gives back those that count: the first ones kept,
 * because the same key is never sent with others (hazard 48). Null when the intent was closed meanwhile.
 */
export async function keepParams(
  ctx: TenantContext,
  intent: CheckoutIntent,
  params: Stripe.Checkout.SessionCreateParams,
): Promise<Stripe.Checkout.SessionCreateParams | null> {
  const [kept] = await tenantDb(
    ctx,
    (tx) => tx.$queryRaw<{ params: Stripe.Checkout.SessionCreateParams }[]>`
      UPDATE checkout_intent SET params = COALESCE(params, ${JSON.stringify(params)}::json)
      WHERE tenant_id = ${ctx.tenantId} AND id = ${intent.id} AND closed_at IS NULL
      RETURNING params`,
  );
  return kept?.params ?? null;
}

export async function isOpen(
  ctx: TenantContext,
  intent: CheckoutIntent,
): Promise<boolean> {
  const { tenantId } = ctx;
  const where = { tenantId, id: intent.id, closedAt: null };
  return tenantDb(
    ctx,
    async (tx) => (await tx.checkoutIntent.count({ where })) > 0,
  );
}

/** Nothing was created at Stripe for it and nothing will be: the next request starts anew. */
export async function closeIntent(
  ctx: TenantContext,
  intent: CheckoutIntent,
  reason: string,
): Promise<void> {
  await tenantDb(ctx, (tx) =>
    tx.checkoutIntent.updateMany({
      where: { tenantId: ctx.tenantId, id: intent.id, closedAt: null },
      data: { closedAt: new Date(), closedReason: reason },
    }),
  );
}

/** Whether Stripe created it is unknown: whoever asks next may find out at once, with the same key. */
export async function releaseIntent(
  ctx: TenantContext,
  intent: CheckoutIntent,
): Promise<void> {
  await tenantDb(ctx, (tx) =>
    tx.checkoutIntent.updateMany({
      where: {
        tenantId: ctx.tenantId,
        id: intent.id,
        leaseUntil: intent.leaseUntil, // still our lease
      },
      data: { leaseUntil: new Date(0) },
    }),
  );
}
