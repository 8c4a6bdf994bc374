import type { Context } from "../context";
import { invalidRequest, type ApiError } from "../errors";
import { emit } from "../events";
import type { Customer, Invoice } from "../objects";

/** Nothing is ever collected: this shop is registered for taxes nowhere. Only where the customer is matters. */
export function automaticTax(
  enabled: boolean,
  customer: Customer,
): Invoice["automatic_tax"] {
  return {
    disabled_reason: null,
    enabled,
    liability: enabled ? { type: "self" } : null,
    provider: enabled ? "stripe" : null,
    status: !enabled
      ? null
      : hasLocation(customer)
        ? "complete"
        : "requires_location_inputs",
  };
}

/** As precise as taxes need it: a country, in the US with its postal code, in Canada with that or a province. */
function hasLocation({ address, shipping }: Customer): boolean {
  const at = shipping?.address?.country ? shipping.address : address;
  if (at?.country === "US") return /^\d{5}/.test(at.postal_code ?? "");
  if (at?.country === "CA") return Boolean(at.postal_code ?? at.state);
  return Boolean(at?.country);
}

/** The draft with its taxes settled; refused while nobody knows where they are due. */
export function taxed(draft: Invoice, customer: Customer): Invoice {
  const automatic_tax = automaticTax(draft.automatic_tax.enabled, customer);
  if (automatic_tax.status !== "requires_location_inputs")
    return { ...draft, automatic_tax };
  throw invalidRequest(
    "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
    { code: "customer_tax_location_invalid" },
  );
}

/** It stays a draft that nobody finalizes until somebody asks again, and says why. */
export function finalizationFailed(
  ctx: Context,
  draft: Invoice,
  { body }: ApiError,
): void {
  const invoice: Invoice = {
    ...draft,
    automatic_tax: {
      ...draft.automatic_tax,
      status: "requires_location_inputs",
    },
    automatically_finalizes_at: null,
    last_finalization_error: {
      code: "customer_tax_location_invalid",
      ...(body.doc_url && { doc_url: body.doc_url }),
      message: body.message,
      type: "invalid_request_error",
    },
    next_payment_attempt: null,
  };
  ctx.store.put("invoice", invoice);
  emit(ctx, "invoice.finalization_failed", invoice);
}
