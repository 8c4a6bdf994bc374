import type { Context } from "../context";
import { invalidRequest, noSuch } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import { listOf, PAGED } from "../lists";
import { requireOne, retrieval } from "../lookup";
import type { Customer, TaxId } from "../objects";
import { operation } from "../operation";
import { noteVerification } from "./hearsay";

/** What a value must look like; kinds that do not stand here take any. */
const FORMATS: Record<string, RegExp> = {
  ch_vat: /^CHE-?\d{3}\.?\d{3}\.?\d{3} (MWST|TVA|IVA)$/,
  eu_vat: /^[A-Z]{2}[0-9A-Z]{8,12}$/,
  gb_vat: /^(GB|XI)\d{9}(\d{3})?$/,
  us_ein: /^\d{2}-\d{7}$/,
};
/** Kinds that Stripe has checked by an authority, which answers an hour later. */
const CHECKED = new Set(["au_abn", "eu_vat", "gb_vat"]);

export function addTaxId(
  ctx: Context,
  customer: Customer,
  { type, value }: Pick<TaxId, "type" | "value">,
): TaxId {
  if (FORMATS[type]?.test(value) === false) {
    throw invalidRequest(`Invalid value for ${type}.`, {
      code: "tax_id_invalid",
      param: "value",
    });
  }
  const prefix = /^[a-z]{2}/.exec(type)?.[0].toUpperCase() ?? null;
  const taxId: TaxId = {
    id: newId("txi"),
    object: "tax_id",
    country: prefix === "EU" ? value.slice(0, 2) : prefix,
    created: ctx.clock.now(),
    customer: customer.id,
    customer_account: null,
    livemode: false,
    owner: { customer: customer.id, customer_account: null, type: "customer" },
    type,
    value,
    verification: {
      status: CHECKED.has(type) ? "pending" : "unavailable",
      verified_address: null,
      verified_name: null,
    },
  };
  ctx.store.put("tax_id", taxId);
  emit(ctx, "customer.tax_id.created", taxId);
  noteVerification(ctx, taxId);
  return taxId;
}

export const taxIdOperations = [
  operation("customers.createTaxId", {
    built: "type value",
    run: (ctx, { type, value }, [id]) =>
      addTaxId(ctx, requireOwner(ctx, id), { type, value }),
  }),
  operation("customers.retrieveTaxId", {
    run: (ctx, _params, [id, taxId]) => requireTaxId(ctx, id, taxId),
  }),
  retrieval("taxIds.retrieve", "tax_id", "tax id"),
  operation("customers.deleteTaxId", {
    run(ctx, _params, [id, taxIdId]) {
      const taxId = requireTaxId(ctx, id, taxIdId);
      ctx.store.remove("tax_id", taxId.id);
      emit(ctx, "customer.tax_id.deleted", taxId);
      return { id: taxId.id, object: "tax_id", deleted: true };
    },
  }),
  operation("customers.listTaxIds", {
    built: PAGED,
    run(ctx, params, [id]) {
      requireOwner(ctx, id);
      return listOf(ctx, {
        kind: "tax_id",
        what: "tax id",
        url: `/v1/customers/${id}/tax_ids`,
        params,
        where: { customer: id },
      });
    },
  }),
];

function requireOwner(ctx: Context, id: string): Customer {
  const customer = requireOne(ctx, "customer", id, { param: "customer" });
  if (customer.deleted) throw noSuch("customer", id, { param: "customer" });
  return customer;
}

function requireTaxId(ctx: Context, customer: string, id: string): TaxId {
  const at = { param: "id", what: "tax id" };
  const taxId = requireOne(ctx, "tax_id", id, at);
  if (taxId.customer !== customer) throw noSuch(at.what, id, at);
  return taxId;
}
