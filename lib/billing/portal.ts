import Stripe from "stripe";
import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import { planGroup } from "@/lib/catalog/plans";
import { listPrices } from "@/lib/catalog/prices";
import { buyablePrices } from "@/lib/catalog/tenant-prices";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { safePath } from "@/lib/platform/safe-path";
import { log } from "@/lib/platform/log";
import { isMissing, requirePaymentUrl, stripe } from "@/lib/platform/stripe";
import {
  findPortalConfiguration,
  type PortalKind,
} from "./portal-configuration";
import { portalFlow, portalFlowRequest } from "./portal-flow";
import { portalReturnUrl } from "./portal-return";

/** The body of POST /api/portal. */
export const portalRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  returnPath: z.string().max(2048).optional(),
  ...portalFlowRequest,
});

/**
 * A way into the customer portal for this tenant's own customer, and back: to `returnPath`, else to the
 * tenant's own setting, else to its billing page. With `flow`, straight to one act. Throws no_customer before
 * the first purchase (a missing one is not recreated here: it would have nothing to manage, hazard 42),
 * invalid_return_url, portal_not_set_up, portal_flow_refused, and what portalFlow throws.
 */
export async function createCustomerPortalSession(
  ctx: TenantContext,
  input: Omit<z.infer<typeof portalRequest>, "tenantId">,
): Promise<{ url: string }> {
  const { customer, path } = await destination(ctx, input.returnPath);
  const returnUrl = portalReturnUrl(ctx.tenantId, path);
  const flow = await portalFlow(ctx, input, returnUrl);
  const session = await openPortal({
    customer,
    configuration: await requireConfiguration(ctx),
    return_url: returnUrl,
    ...(flow && { flow_data: flow }),
  });
  await tenantDb(ctx, (tx) =>
    recordAudit(tx, ctx, "portal.opened", session.id, {
      flow: flow?.type ?? null,
    }),
  );
  return { url: requirePaymentUrl(session.url) };
}

async function destination(
  { tenantId }: TenantContext,
  wanted: string | undefined,
): Promise<{ customer: string; path: string }> {
  const { customer, tenant } = await tenantDb({ tenantId }, async (tx) => ({
    customer: await tx.customerIntent.findFirst({
      where: { tenantId, livemode: livemode(), closedAt: null },
    }),
    tenant: await tx.tenant.findUniqueOrThrow({
      where: { id: tenantId },
      include: { settings: true },
    }),
  }));
  const own = `/t/${tenant.slug}/billing`;
  const path = safePath(wanted ?? tenant.settings?.portalReturnPath ?? own);
  if (!path) throw new AppError("invalid_return_url", { param: "returnPath" });
  if (!customer?.stripeId) throw new AppError("no_customer");
  return { customer: customer.stripeId, path };
}

/** Named always: the account's default may allow what our pages do not say (hazard 96). */
async function requireConfiguration(ctx: TenantContext): Promise<string> {
  const id = await findPortalConfiguration(await portalKind(ctx));
  if (id) return id;
  log().error("no portal configuration at Stripe: run npm run stripe -- setup");
  throw new AppError("portal_not_set_up");
}

async function portalKind(ctx: TenantContext): Promise<PortalKind> {
  const buyable = new Set(
    (await buyablePrices(ctx)).map((one) => one.lookupKey),
  );
  const plans = listPrices().filter(({ group }) => group === planGroup);
  return plans.every(({ lookupKey }) => buyable.has(lookupKey))
    ? "portal"
    : "portal_without_switch";
}

async function openPortal(
  params: Stripe.BillingPortal.SessionCreateParams,
): Promise<Stripe.BillingPortal.Session> {
  try {
    return await stripe().billingPortal.sessions.create(params);
  } catch (error) {
    if (isMissing(error, "customer"))
      throw new AppError("billing_profile_missing", { cause: error });
    const refused = error instanceof Stripe.errors.StripeInvalidRequestError;
    if (params.flow_data && refused)
      throw new AppError("portal_flow_refused", { cause: error });
    throw error;
  }
}
