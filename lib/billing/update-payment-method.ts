import Stripe from "stripe";
import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { line } from "@/lib/platform/text";
import { syncPaymentMethod } from "@/lib/sync/payment-method";
import { paymentMethodPath, requireOwnMethod } from "./payment-methods";

/** What is left empty in a form stays as it is. */
const empty = z.literal("");
const optional = (max: number) => z.union([empty, line(max)]).optional();
const number = (min: number, max: number) =>
  z.union([empty, z.coerce.number().int().min(min).max(max)]).optional();

/** Of POST /api/payment-methods/{id}/billing-details: what shall be otherwise. Nothing else of a card can be changed. */
export const billingDetailsOfMethod = paymentMethodPath
  .extend({
    name: optional(150),
    email: z.union([empty, z.email().max(254)]).optional(),
    phone: optional(20),
    line1: optional(200),
    line2: optional(200),
    city: optional(100),
    postalCode: optional(20),
    state: optional(100),
    country: z.union([empty, z.string().regex(/^[A-Z]{2}$/)]).optional(),
    /** Of the same card, renewed by its bank. */
    expMonth: number(1, 12),
    expYear: number(2000, 2100),
  })
  .refine(({ expMonth, expYear }) => !expMonth === !expYear, {
    path: ["expYear"],
  });

type Details = Omit<z.output<typeof billingDetailsOfMethod>, "tenantId">;

/**
 * Changes who a saved way to pay belongs to, and until when it is good: at Stripe, who alone keeps it but for brand,
 * last four and expiry. What is not named stays. Said again, it ends in the same. Throws not_found, also for one that
 * was removed meanwhile, and payment_refused for what Stripe does not take.
 */
export async function updatePaymentMethod(
  ctx: TenantContext,
  { paymentMethodId: id, ...wanted }: Details,
): Promise<void> {
  await requireOwnMethod(ctx, id);
  try {
    await stripe().paymentMethods.update(id, methodParams(wanted));
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError))
      throw error;
    await syncPaymentMethod(id, ctx);
    await requireOwnMethod(ctx, id);
    throw new AppError("payment_refused", { cause: error });
  }
  await tenantDb(ctx, (tx) =>
    recordAudit(tx, ctx, "payment_method.changed", id),
  );
  await syncPaymentMethod(id, ctx);
}

/** What Stripe is asked for; pure. */
function methodParams({
  name,
  email,
  phone,
  expMonth,
  expYear,
  ...place
}: Omit<Details, "paymentMethodId">): Stripe.PaymentMethodUpdateParams {
  const { postalCode, ...rest } = place;
  const address = given({ ...rest, postal_code: postalCode });
  const details = {
    ...given({ name, email, phone }),
    ...(Object.keys(address).length > 0 && { address }),
  };
  return {
    ...(Object.keys(details).length > 0 && { billing_details: details }),
    ...(expMonth && expYear
      ? { card: { exp_month: expMonth, exp_year: expYear } }
      : {}),
  };
}

function given(
  fields: Record<string, string | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value ? [[name, value]] : [],
    ),
  );
}
