import { z } from "zod";
import { line } from "@/lib/platform/text";
import { metadata } from "./checkout-request";

const optional = (max: number) => line(max).optional();

/** Where goods go, in our names. */
const shipping = z.strictObject({
  name: line(200),
  phone: optional(20),
  address: z.strictObject({
    line1: line(200),
    line2: optional(200),
    city: optional(100),
    postalCode: optional(20),
    state: optional(100),
    country: z.string().regex(/^[A-Z]{2}$/),
  }),
});
export type Shipping = z.infer<typeof shipping>;

/** The body of POST /api/payment-intents. Anything else in it, an amount above all, is refused. */
export const paymentRequest = z.strictObject({
  tenantId: optional(64),
  priceId: line(255),
  quantity: z.int().min(1).max(1000).optional(),
  description: optional(350),
  receiptEmail: z.email().max(254).optional(),
  shipping: shipping.optional(),
  /** To charge the same card again, with its owner there or not. */
  setupFutureUsage: z.enum(["on_session", "off_session"]).optional(),
  metadata: metadata.optional(),
  requestKey: optional(255),
});
export type PaymentRequest = z.output<typeof paymentRequest>;

const paymentId = z.string().regex(/^pi_\w{1,64}$/);

/** Of GET /api/payment-intents/{paymentId}. */
export const paymentPath = z.strictObject({ paymentId });

/** Of POST /api/payment-intents/{paymentId}/cancel. */
export const paymentCancel = paymentPath.extend({ requestKey: optional(255) });

/** Of POST /api/payment-intents/{paymentId}/confirm. */
export const paymentConfirm = paymentCancel.extend({
  /** One of the tenant's own saved cards; without it the one that it was tried with, or the default. */
  paymentMethodId: optional(255),
});
