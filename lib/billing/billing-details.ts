import { z } from "zod";
import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { line } from "@/lib/platform/text";
import {
  changeCustomer,
  isCustomerGone,
  type CustomerChanges,
} from "./change-customer";
import { createOrRetrieveCustomer, retireCustomer } from "./customers";

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
  const changes = toChanges(input);
  const { id } = await createOrRetrieveCustomer(ctx);
  try {
    await changeCustomer(ctx, id, changes);
  } catch (error) {
    if (!(await isCustomerGone(error, id))) throw error;
    await retireCustomer(ctx, id); // the next one is made with the same details
    const next = await createOrRetrieveCustomer(ctx);
    await changeCustomer(ctx, next.id, changes);
  }
}

function toChanges(input: BillingDetails): CustomerChanges {
  const { name, email, phone, taxIdType, taxIdValue } = input;
  const { line1, line2, city, postalCode, state, country } = input;
  const address = { line1, line2, city, postalCode, state, country };
  return {
    name,
    email,
    phone,
    address: hasAddress(input) ? address : null,
    taxId: taxIdValue ? { type: taxIdType, value: taxIdValue } : null,
  };
}
