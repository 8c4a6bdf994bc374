import Stripe from "stripe";
import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { line } from "@/lib/platform/text";
import { saveCustomer, wholeCustomer } from "@/lib/sync/customer";
import { takeTicket } from "@/lib/sync/ticket";
import { createOrRetrieveCustomer, retireCustomer } from "./customers";
import { replaceTaxId } from "./tax-id";

const optional = (max: number) =>
  z.union([z.literal(""), line(max)]).default("");

/** Empty means: not known. */
export const billingDetailsRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  name: line(150),
  email: z.email().max(254),
  phone: optional(20),
  line1: optional(200),
  line2: optional(200),
  city: optional(100),
  postalCode: optional(20),
  state: optional(100),
  country: z.union([z.literal(""), z.string().regex(/^[A-Z]{2}$/)]).default(""),
  taxIdType: z
    .union([z.literal(""), z.string().regex(/^[a-z]{2,5}_[a-z_]{2,12}$/)])
    .default(""),
  taxIdValue: optional(40),
});

export type BillingDetails = Omit<
  z.output<typeof billingDetailsRequest>,
  "tenantId"
>;

export const emptyDetails: BillingDetails = {
  name: "",
  email: "",
  phone: "",
  line1: "",
  line2: "",
  city: "",
  postalCode: "",
  state: "",
  country: "",
  taxIdType: "",
  taxIdValue: "",
};

function hasAddress(body: Record<(typeof addressFields)[number], string>) {
  return addressFields.some((field) => body[field] !== "");
}

const addressFields = [
  "line1",
  "line2",
  "city",
  "postalCode",
  "state",
  "country",
] as const;

/**
 * What stands on invoices, kept where invoices are made: at Stripe, whose customer is made for it if there is
 * none yet, so that it alone judges a tax id and there is one truth. Throws country_missing,
 * tax_id_kind_missing, tax_id_refused and validation, each about its field, and what Stripe's failing becomes; said again, it ends in the same.
 */
export async function updateBillingDetails(
  ctx: TenantContext,
  input: BillingDetails,
): Promise<void> {
  if (hasAddress(input) && !input.country)
    throw new AppError("country_missing", { param: "country" });
  if (input.taxIdValue && !input.taxIdType)
    throw new AppError("tax_id_kind_missing", { param: "taxIdType" });
  const { id } = await createOrRetrieveCustomer(ctx);
  try {
    await update(ctx, id, input);
  } catch (error) {
    if (!isMissing(error)) throw refused(error);
    await retireCustomer(ctx, id); // deleted at Stripe: the next one is made with the same details
    const next = await createOrRetrieveCustomer(ctx);
    await update(ctx, next.id, input);
  }
}

async function update(
  ctx: TenantContext,
  id: string,
  input: BillingDetails,
): Promise<void> {
  // The tax id first: it is what Stripe refuses, and then nothing else has been changed.
  const taxIdChanged = await replaceTaxId(id, input);
  const ticket = await takeTicket();
  const customer = await stripe().customers.update(id, {
    name: input.name,
    email: input.email,
    phone: input.phone,
    address: hasAddress(input) ? toAddress(input) : "",
    expand: wholeCustomer,
  });
  await tenantDb(ctx, (tx) =>
    recordAudit(tx, ctx, "billing_details.updated", id, { taxIdChanged }),
  );
  await saveCustomer(customer, { tenantId: ctx.tenantId, ticket, cause: ctx });
}

function toAddress(input: BillingDetails): Stripe.AddressParam {
  return {
    line1: input.line1,
    line2: input.line2,
    city: input.city,
    postal_code: input.postalCode,
    state: input.state,
    country: input.country,
  };
}

const fieldOf: Readonly<Record<string, string>> = {
  email: "email",
  name: "name",
  phone: "phone",
  "address[country]": "country",
};

/** What Stripe says of a field, as this form's own refusal. */
function refused(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return error;
  const param = fieldOf[error.param ?? ""];
  return param ? new AppError("validation", { param, cause: error }) : error;
}
