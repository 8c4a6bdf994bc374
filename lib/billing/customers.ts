import Stripe from "stripe";
import { z } from "zod";
import { livemode } from "@/lib/platform/env";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb, type Prisma, type Transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { rowId } from "@/lib/platform/text";
import { saveCustomer } from "@/lib/sync/customer";
import { takeTicket } from "@/lib/sync/ticket";
import type { CustomerIntent } from "@/prisma/client/client";

/** The body of POST /api/customers. */
export const customerRequest = z.strictObject({
  tenantId: rowId.optional(),
  email: z.email().max(254).optional(),
});

/**
 * The tenant's Stripe customer: exactly one per tenant and mode, under any race or crash. The wish is
 * written before Stripe is asked, and its id is the idempotency key, so that asking again finds the same
 * customer (hazard 39). Never adopts one by email (hazard 28). `email` is used only when it is first made.
 */
export async function createOrRetrieveCustomer(
  ctx: TenantContext,
  input: { email?: string | undefined } = {},
): Promise<{ id: string; existed: boolean }> {
  const intent = await tenantDb(ctx, (tx) => openIntent(tx, ctx, input.email));
  if (intent.stripeId) return { id: intent.stripeId, existed: true };
  const ticket = await takeTicket();
  const customer = await askForCustomer(ctx, intent);
  await saveCustomer(customer, { tenantId: ctx.tenantId, ticket, cause: ctx });
  return { id: customer.id, existed: false };
}

/** Refused parameters would be refused for ever: their intent is closed, and the next try starts anew. */
async function askForCustomer(ctx: TenantContext, intent: CustomerIntent) {
  try {
    return await stripe().customers.create(
      intent.params as Stripe.CustomerCreateParams, // written by openIntent, in this shape
      { idempotencyKey: `customer:${intent.id}` },
    );
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError))
      throw error;
    await closeIntents(ctx, { id: intent.id });
    if (error.param !== "email") throw error;
    throw new AppError("validation", { param: "customerEmail", cause: error });
  }
}

/** This customer is gone at Stripe: the tenant's next purchase makes a new one (hazard 42). */
export async function retireCustomer(
  ctx: TenantContext,
  customerId: string,
): Promise<void> {
  await closeIntents(ctx, { stripeId: customerId });
}

async function closeIntents(
  ctx: TenantContext,
  which: { id: string } | { stripeId: string },
): Promise<void> {
  await tenantDb(ctx, (tx) =>
    tx.customerIntent.updateMany({
      where: { tenantId: ctx.tenantId, ...which, closedAt: null },
      data: { closedAt: new Date() },
    }),
  );
}

async function openIntent(
  tx: Transaction,
  ctx: TenantContext,
  email: string | undefined,
) {
  const open = { tenantId: ctx.tenantId, livemode: livemode(), closedAt: null };
  const existing = await tx.customerIntent.findFirst({ where: open });
  if (existing) return existing;
  const id = crypto.randomUUID();
  const params = await customerParams(tx, ctx, { intentId: id, email });
  await tx.$executeRaw`
    INSERT INTO customer_intent (tenant_id, id, livemode, generation, params)
    SELECT ${ctx.tenantId}, ${id}, ${livemode()}, count(*) + 1, ${JSON.stringify(params)}::json
    FROM customer_intent WHERE tenant_id = ${ctx.tenantId} AND livemode = ${livemode()}
    ON CONFLICT DO NOTHING`;
  return tx.customerIntent.findFirstOrThrow({ where: open });
}

async function customerParams(
  tx: Transaction,
  { tenantId, actor }: TenantContext,
  { intentId, email }: { intentId: string; email: string | undefined },
): Promise<Stripe.CustomerCreateParams & Prisma.InputJsonObject> {
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const buyer =
    actor.kind === "user"
      ? await tx.user.findUnique({ where: { id: actor.id } })
      : null;
  const address = email ?? buyer?.email;
  return {
    name: tenant.name.slice(0, 256),
    ...(address && { email: address }),
    metadata: { tenant_id: tenantId, intent_id: intentId },
  };
}
