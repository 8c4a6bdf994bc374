import { checkEmail, checkLength, checkRange } from "../checks";
import type { Context } from "../context";
import type { Params } from "../contract/params";
import { invalidRequest } from "../errors";
import { given } from "../given";
import { mergeMetadata } from "../metadata";
import type { Customer } from "../objects";

export const CUSTOMER_FIELDS = `address balance business_name description email individual_name invoice_prefix
  invoice_settings.custom_fields invoice_settings.default_payment_method invoice_settings.footer
  invoice_settings.rendering_options metadata name next_invoice_sequence phone preferred_locales
  shipping tax_exempt validate`;

type Fields = Params<"customers.update">;
type Address = NonNullable<Fields["address"]>;

/** What the parameters ask for, over what the customer has. */
export function changesOf(
  ctx: Context,
  params: Fields,
  before: Customer | undefined,
): Partial<Customer> {
  checkEmail(params.email, "email");
  checkLength(params.name, "name", 256);
  checkLength(params.phone, "phone", 20);
  checkLength(params.invoice_prefix, "invoice_prefix", 12);
  checkRange(params.next_invoice_sequence, "next_invoice_sequence", { min: 1 });
  const settings = params.invoice_settings ?? {};
  const method = settings.default_payment_method;
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
  const { address, shipping, tax_exempt, business_name, individual_name } =
    params;
  const {
    description,
    email,
    invoice_prefix,
    name,
    next_invoice_sequence,
    phone,
    preferred_locales,
  } = params;
  return {
    ...given({
      description,
      email,
      invoice_prefix,
      name,
      next_invoice_sequence,
      phone,
      preferred_locales,
    }),
    ...(address !== undefined && { address: address && fullAddress(address) }),
    ...(shipping !== undefined && {
      shipping: shipping && {
        address: fullAddress(shipping.address),
        name: shipping.name,
        phone: shipping.phone ?? null,
      },
    }),
    ...(business_name && { business_name }),
    ...(individual_name && { individual_name }),
    ...(tax_exempt !== undefined && { tax_exempt: tax_exempt ?? "none" }),
    invoice_settings: {
      ...(before?.invoice_settings ?? NO_SETTINGS),
      ...given({
        ...settings,
        rendering_options: settings.rendering_options && {
          amount_tax_display:
            settings.rendering_options.amount_tax_display ?? null,
          template: settings.rendering_options.template ?? null,
        },
      }),
    },
    metadata: mergeMetadata(before?.metadata ?? {}, params.metadata),
  };
}

export const NO_SETTINGS: Customer["invoice_settings"] = {
  custom_fields: null,
  default_payment_method: null,
  footer: null,
  rendering_options: null,
};

function fullAddress(address: Address): NonNullable<Customer["address"]> {
  return {
    city: address.city ?? null,
    country: address.country ?? null,
    line1: address.line1 ?? null,
    line2: address.line2 ?? null,
    postal_code: address.postal_code ?? null,
    state: address.state ?? null,
  };
}
