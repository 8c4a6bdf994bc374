import type Stripe from "stripe";
import type { Money } from "@/lib/platform/money";
import { methodParams, type MethodOptions } from "./method-params";
import type { Shipping } from "./payment-request";

/** Everything that decides about a payment, resolved. */
export type PaymentWish = {
  description?: string | undefined;
  receiptEmail?: string | undefined;
  shipping?: Shipping | undefined;
  setupFutureUsage?: "on_session" | "off_session" | undefined;
  metadata?: Readonly<Record<string, string>> | undefined;
};

/**
 * What Stripe is asked for; pure. It is never confirmed by the same call: asking again then finds the payment, and
 * charges nothing.
 */
export function paymentIntentParams(
  wish: PaymentWish,
  by: {
    due: Money;
    customerId: string;
    tenantId: string;
    intentId: string;
    requestId: string;
    methods: MethodOptions;
  },
): Stripe.PaymentIntentCreateParams {
  const { description, receiptEmail, shipping, setupFutureUsage } = wish;
  return {
    amount: Number(by.due.amount),
    currency: by.due.currency,
    customer: by.customerId,
    automatic_payment_methods: { enabled: true },
    ...methodParams(by.methods),
    ...(description && { description }),
    ...(receiptEmail && { receipt_email: receiptEmail }),
    ...(shipping && { shipping: shippingParams(shipping) }),
    ...(setupFutureUsage && { setup_future_usage: setupFutureUsage }),
    metadata: {
      ...wish.metadata,
      tenant_id: by.tenantId,
      intent_id: by.intentId,
      request_id: by.requestId,
    },
  };
}

function shippingParams({ name, phone, address }: Shipping) {
  const { line1, line2, city, postalCode, state, country } = address;
  return {
    name,
    ...(phone && { phone }),
    address: {
      line1,
      ...(line2 && { line2 }),
      ...(city && { city }),
      ...(postalCode && { postal_code: postalCode }),
      ...(state && { state }),
      country,
    },
  };
}
