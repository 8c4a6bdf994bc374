import type { Context } from "../context";
import { invalidRequest } from "../errors";
import type { Customer } from "../objects";
import * as p from "../params";
import type { Parsed } from "../shape";

const address = p.unsettable(
  p.object({
    city: p.unsettable(p.string()),
    country: p.unsettable(p.string()),
    line1: p.unsettable(p.string()),
    line2: p.unsettable(p.string()),
    postal_code: p.unsettable(p.string()),
    state: p.unsettable(p.string()),
  }),
);
type Address = ReturnType<typeof address.parse>;

export const customerFields = {
  address,
  balance: p.unbuilt(),
  business_name: p.unbuilt(),
  cash_balance: p.unbuilt(),
  description: p.unsettable(p.string()),
  email: p.unsettable(p.email()),
  individual_name: p.unbuilt(),
  invoice_prefix: p.string(12),
  invoice_settings: p.object({
    custom_fields: p.unbuilt(),
    default_payment_method: p.unsettable(p.string()),
    footer: p.unsettable(p.string()),
    rendering_options: p.unbuilt(),
  }),
  metadata: p.metadata(),
  name: p.unsettable(p.string(256)),
  next_invoice_sequence: p.integer({ min: 1 }),
  phone: p.unsettable(p.string()),
  preferred_locales: p.array(p.string()),
  shipping: p.unbuilt(),
  source: p.unbuilt(),
  tax: p.unbuilt(),
  tax_exempt: p.unsettable(p.oneOf("none", "reverse", "exempt")),
  validate: p.boolean(),
};
type Fields = Parsed<typeof customerFields>;

/** What the parameters ask for, over what the customer has. */
export function changesOf(
  ctx: Context,
  given: Fields,
  before: Customer | undefined,
): Partial<Customer> {
  const settings = given.invoice_settings;
  const method = settings?.default_payment_method;
  if (
    method &&
    ctx.store.get("payment_method", method)?.customer !== before?.id
  ) {
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
      {
        code: "resource_missing",
        param: "invoice_settings[default_payment_method]",
      },
    );
  }
  const old = before?.invoice_settings;
  const invoice_settings = {
    custom_fields: null,
    default_payment_method:
      method === undefined ? (old?.default_payment_method ?? null) : method,
    footer:
      settings?.footer === undefined ? (old?.footer ?? null) : settings.footer,
    rendering_options: null,
  };
  return {
    ...(given.address !== undefined && { address: fullAddress(given.address) }),
    ...(given.description !== undefined && { description: given.description }),
    ...(given.email !== undefined && { email: given.email }),
    ...(given.invoice_prefix !== undefined && {
      invoice_prefix: given.invoice_prefix,
    }),
    invoice_settings,
    metadata: p.mergeMetadata(before?.metadata ?? {}, given.metadata),
    ...(given.name !== undefined && { name: given.name }),
    ...(given.next_invoice_sequence && {
      next_invoice_sequence: given.next_invoice_sequence,
    }),
    ...(given.phone !== undefined && { phone: given.phone }),
    ...(given.preferred_locales && {
      preferred_locales: given.preferred_locales,
    }),
    ...(given.tax_exempt !== undefined && {
      tax_exempt: given.tax_exempt ?? "none",
    }),
  };
}

function fullAddress(given: Address): Customer["address"] {
  return (
    given && {
      city: given.city ?? null,
      country: given.country ?? null,
      line1: given.line1 ?? null,
      line2: given.line2 ?? null,
      postal_code: given.postal_code ?? null,
      state: given.state ?? null,
    }
  );
}
