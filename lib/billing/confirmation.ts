import { z } from "zod";
import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { publishableKey, stripe, stripeJsUrl } from "@/lib/platform/stripe";
import { requireCharge } from "./charge-intent";
import { requireInvoice } from "./pay-invoice";

export const confirmationPath = z.strictObject({
  invoiceId: z.string().max(255),
});

/** What a browser needs to let the buyer answer the bank's question. */
export type Confirmation = {
  clientSecret: string;
  publishableKey: string;
  /** Where Stripe.js comes from. */
  script: string;
};

/**
 * For an open invoice of the tenant's own whose payment waits for its buyer (hazard 35). Throws not_found,
 * invoice_closed, payments_not_configured.
 */
export async function getConfirmation(
  ctx: TenantContext,
  invoiceId: string,
): Promise<Confirmation> {
  await requireInvoice(ctx, invoiceId);
  const { status, confirmation_secret: secret } =
    await stripe().invoices.retrieve(invoiceId, {
      expand: ["confirmation_secret"],
    });
  if (status !== "open" || !secret) throw new AppError("invoice_closed");
  return withSecret(secret.client_secret);
}

/**
 * For a payment that was begun here and is not over. Throws not_found, payment_elsewhere, payment_closed,
 * payment_complete, payments_not_configured.
 */
export async function getPaymentConfirmation(
  ctx: TenantContext,
  paymentId: string,
): Promise<Confirmation> {
  await requireCharge(ctx, paymentId);
  const { status, client_secret: secret } =
    await stripe().paymentIntents.retrieve(paymentId);
  if (status === "canceled" || !secret) throw new AppError("payment_closed");
  if (status === "succeeded") throw new AppError("payment_complete");
  return withSecret(secret);
}

function withSecret(clientSecret: string): Confirmation {
  return {
    clientSecret,
    publishableKey: publishableKey(),
    script: stripeJsUrl(),
  };
}
