import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode, env } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { safePath } from "@/lib/platform/http";
import { isMissing, requirePaymentUrl, stripe } from "@/lib/platform/stripe";

/** The body of POST /api/portal. */
export const portalRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  returnPath: z.string().max(2048).optional(),
});

/**
 * A way into the customer portal for this tenant's own customer, and back to `returnPath`. Throws
 * no_customer before the first purchase (a missing one is not recreated here: it would have nothing to
 * manage, hazard 42) and invalid_return_url.
 */
export async function createCustomerPortalSession(
  ctx: TenantContext,
  input: { returnPath?: string | undefined },
): Promise<{ url: string }> {
  const { tenantId } = ctx;
  const { customer, slug } = await tenantDb(ctx, async (tx) => ({
    customer: await tx.customerIntent.findFirst({
      where: { tenantId, livemode: livemode(), closedAt: null },
    }),
    slug: (await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } })).slug,
  }));
  const path = safePath(input.returnPath ?? `/t/${slug}/billing`);
  if (!path) throw new AppError("invalid_return_url", { param: "returnPath" });
  if (!customer?.stripeId) throw new AppError("no_customer");
  const session = await openPortal(customer.stripeId, env().appUrl + path);
  await tenantDb(ctx, (tx) =>
    recordAudit(tx, ctx, "portal.opened", session.id),
  );
  return { url: requirePaymentUrl(session.url) };
}

async function openPortal(customer: string, returnUrl: string) {
  try {
    return await stripe().billingPortal.sessions.create({
      customer,
      return_url: returnUrl,
    });
  } catch (error) {
    if (isMissing(error, "customer"))
      throw new AppError("billing_profile_missing", { cause: error });
    throw error;
  }
}
