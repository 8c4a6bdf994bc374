import Stripe from "stripe";
import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { saveCustomer, wholeCustomer } from "@/lib/sync/customer";
import { takeTicket } from "@/lib/sync/ticket";
import { replaceTaxId } from "./tax-id";

/** What shall be otherwise; what is absent stays. Empty text empties, null takes away. */
export type CustomerChanges = {
  name?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  description?: string | undefined;
  address?: Address | null | undefined;
  taxId?: { type: string; value: string } | null | undefined;
  /** In which language Stripe writes to them, as "de" or "pt-BR". */
  locale?: string | undefined;
};

type Address = {
  line1: string;
  line2: string;
  city: string;
  postalCode: string;
  state: string;
  country: string;
};

/**
 * Changes this tenant's customer at Stripe and in our rows. Metadata is left alone, since other keys there are
 * others' (hazard 45). Throws tax_id_refused, validation about a field, and what Stripe says of a customer that
 * is gone.
 */
export async function changeCustomer(
  ctx: TenantContext,
  id: string,
  changes: CustomerChanges,
): Promise<void> {
  const { taxId } = changes;
  try {
    // The tax id first: it is what Stripe refuses, and then nothing else has been changed.
    const taxIdChanged =
      taxId !== undefined &&
      (await replaceTaxId(ctx, id, {
        taxIdType: taxId?.type ?? "",
        taxIdValue: taxId?.value ?? "",
      }));
    const ticket = await takeTicket();
    const customer = await stripe().customers.update(id, toParams(changes));
    await tenantDb(ctx, (tx) =>
      recordAudit(tx, ctx, "billing_details.updated", id, {
        taxIdChanged,
        fields: Object.keys(changes),
      }),
    );
    const { tenantId } = ctx;
    await saveCustomer(customer, { tenantId, ticket, cause: ctx });
  } catch (error) {
    throw refused(error);
  }
}

/** Whether Stripe has it no more: asked again, since a tax id or a card that is missing sounds the same. */
export async function isCustomerGone(
  error: unknown,
  id: string,
): Promise<boolean> {
  return isMissing(error) && isDeletedAtStripe(id);
}

/** One that Stripe does not know counts as deleted. */
export async function isDeletedAtStripe(id: string): Promise<boolean> {
  try {
    return (await stripe().customers.retrieve(id)).deleted === true;
  } catch (answer) {
    if (isMissing(answer)) return true;
    throw answer;
  }
}

function toParams(changes: CustomerChanges): Stripe.CustomerUpdateParams {
  const { name, email, phone, description, address, locale } = changes;
  return {
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(description !== undefined && { description }),
    ...(address !== undefined && {
      address: address ? toAddress(address) : "",
    }),
    ...(locale !== undefined && { preferred_locales: [locale] }),
    expand: wholeCustomer,
  };
}

function toAddress(address: Address): Stripe.AddressParam {
  const { line1, line2, city, postalCode, state, country } = address;
  return { line1, line2, city, postal_code: postalCode, state, country };
}

const fieldOf: Readonly<Record<string, string>> = {
  email: "email",
  name: "name",
  phone: "phone",
  "address[country]": "country",
  preferred_locales: "locale",
  "preferred_locales[0]": "locale",
};

/** What Stripe says of a field, as this form's own refusal. */
function refused(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return error;
  const param = fieldOf[error.param ?? ""];
  return param ? new AppError("validation", { param, cause: error }) : error;
}
