import { z } from "zod";
import { line } from "@/lib/platform/text";

const item = z.strictObject({
  /** A lookup key of the catalogue, or the id of the Stripe price that carries it. */
  priceId: line(255),
  quantity: z.int().min(1).max(1000).optional(),
});

/** Those of Checkout (docs.stripe.com/api/checkout/sessions/create#locale). Absent: the browser's own. */
const locale = z.enum(
  `bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR
   ro ru sk sl sv th tr vi zh zh-HK zh-TW`.split(/\s+/),
);
export type Locale = z.infer<typeof locale>;

/** Stripe's limits, checked first; our own three keys cannot be set from outside. */
export const metadata = z
  .record(
    z
      .string()
      .regex(/^[\w .-]{1,40}$/)
      .refine((key) => !/^(tenant|intent|request)_id$/.test(key)),
    line(500),
  )
  .refine((entries) => Object.keys(entries).length <= 47);

/** The body of POST /api/checkout. Anything else in it is refused. */
export const checkoutRequest = z
  .strictObject({
    priceId: line(255).optional(),
    quantity: z.int().min(1).max(1000).optional(),
    lineItems: z.array(item).min(1).max(10).optional(),
    tenantId: line(64).optional(),
    customerId: line(64).optional(),
    customerEmail: z.email().max(254).optional(),
    successUrl: line(2048).optional(),
    cancelUrl: line(2048).optional(),
    metadata: metadata.optional(),
    expiresInMinutes: z.int().min(30).max(1440).optional(),
    promotionCode: z.string().trim().min(1).max(64).optional(),
    locale: locale.optional(),
  })
  .refine(
    (body) => (body.priceId === undefined) !== (body.lineItems === undefined),
    {
      path: ["priceId"],
      message: "Give priceId or lineItems",
    },
  )
  .refine((body) => !(body.lineItems && body.quantity !== undefined), {
    path: ["quantity"],
  });

export type CheckoutRequest = z.infer<typeof checkoutRequest>;

export function requestedItems(
  body: CheckoutRequest,
): { priceId: string; quantity?: number | undefined }[] {
  return (
    body.lineItems ?? [{ priceId: body.priceId ?? "", quantity: body.quantity }]
  );
}
