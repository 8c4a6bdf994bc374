import type Stripe from "stripe";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb, type Transaction } from "@/lib/platform/db";
import type { CheckoutIntent, CheckoutSession } from "@/prisma/client/client";
import type { Sale } from "./sale";

/** Longer than a creating request can take, so that only a dead one's intent is taken over. */
const leaseSeconds = 25;

export type IntentState =
  /** Ours to create, or to finish for a creator that died: its parameters and key are used again. */
  | { kind: "ours"; intent: CheckoutIntent }
  /** Somebody else is creating it at this moment. */
  | { kind: "busy" }
  | { kind: "created"; intent: CheckoutIntent; session: CheckoutSession };

/**
 * The one open intent of this tenant and product group: inserted if there is none, the unique index deciding
 * between simultaneous requests.
 */
export async function claimIntent(
  ctx: TenantContext,
  input: { sale: Sale; fingerprint: string },
): Promise<IntentState> {
  return tenantDb(ctx, async (tx) => {
    const { group } = input.sale;
    const inserted = await tx.$executeRaw`
      INSERT INTO checkout_intent (tenant_id, id, product_group, fingerprint, lease_until, created_by)
      VALUES (${ctx.tenantId}, ${crypto.randomUUID()}, ${group}, ${input.fingerprint},
        now() + make_interval(secs => ${leaseSeconds}), ${ctx.actor.id})
      ON CONFLICT DO NOTHING`;
    const open = await tx.checkoutIntent.findFirst({
      where: { tenantId: ctx.tenantId, productGroup: group, closedAt: null },
      include: { session: true },
    });
    if (!open) return { kind: "busy" }; // it was closed in between: look again
    const { session, ...intent } = open;
    if (session) return { kind: "created", intent, session };
    if (inserted > 0 || (await takeOver(tx, intent)))
      return { kind: "ours", intent };
    return { kind: "busy" };
  });
}

/** The database's clock decides whether a lease has run out, and the row lock who gets it next. */
async function takeOver(
  tx: Transaction,
  { tenantId, id }: CheckoutIntent,
): Promise<boolean> {
  const taken = await tx.$executeRaw`
    UPDATE checkout_intent SET lease_until = now() + make_interval(secs => ${leaseSeconds})
    WHERE tenant_id = ${tenantId} AND id = ${id} AND closed_at IS NULL AND lease_until < now()`;
  return taken > 0;
}

/** The exact parameters, kept before Stripe is asked: the same key is never sent with others (hazard 48). */
export async function keepParams(
  ctx: TenantContext,
  intent: CheckoutIntent,
  params: Stripe.Checkout.SessionCreateParams,
): Promise<void> {
  await tenantDb(
    ctx,
    (tx) => tx.$executeRaw`
    UPDATE checkout_intent SET params = ${JSON.stringify(params)}::json
    WHERE tenant_id = ${ctx.tenantId} AND id = ${intent.id} AND params IS NULL`,
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
  await tenantDb(
    ctx,
    (tx) => tx.$executeRaw`
    UPDATE checkout_intent SET lease_until = now()
    WHERE tenant_id = ${ctx.tenantId} AND id = ${intent.id}`,
  );
}
