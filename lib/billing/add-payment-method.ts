import { z } from "zod";
import type { TenantContext } from "@/lib/platform/context";
import { line } from "@/lib/platform/text";
import { createCheckoutSession, type OpenCheckout } from "./checkout";
import type { Sale } from "./sale";

export const addPaymentMethodRequest = z.strictObject({
  tenantId: line(64).optional(),
  successUrl: line(2048).optional(),
  cancelUrl: line(2048).optional(),
});

/** Sells nothing. */
const setup: Sale = {
  mode: "setup",
  group: "payment_method",
  recurringGroups: [],
  trial: null,
  shipsTo: [],
  items: [],
};

/**
 * Sends the tenant to Stripe's page to save a way to pay, without charging it. Asked again, it is the same
 * page. Throws invalid_return_url, checkout_in_progress, and what Stripe's failing becomes.
 */
export async function addPaymentMethod(
  ctx: TenantContext,
  request: z.output<typeof addPaymentMethodRequest>,
): Promise<OpenCheckout> {
  return createCheckoutSession(ctx, {
    sale: setup,
    request,
    idempotencyKey: null,
  });
}
