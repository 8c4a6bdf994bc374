import type { Context } from "../context";
import { invalidRequest, noSuch } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import { listOf, pageParams } from "../lists";
import type { TaxId } from "../objects";
import { operation } from "../operation";
import * as p from "../params";
import { requireCustomer } from "./customers";

/** What a value must look like; kinds that do not stand here take any. */
const FORMATS: Record<string, RegExp> = {
  ch_vat: /^CHE-?\d{3}\.?\d{3}\.?\d{3} (MWST|TVA|IVA)$/,
  eu_vat: /^[A-Z]{2}[0-9A-Z]{8,12}$/,
  gb_vat: /^(GB|XI)\d{9}(\d{3})?$/,
  us_ein: /^\d{2}-\d{7}$/,
};

export const taxIdOperations = [
  operation({
    method: "POST",
    path: "/v1/customers/:id/tax_ids",
    params: { type: p.required(p.string()), value: p.required(p.string()) },
    run(ctx, params, [id]) {
      requireCustomer(ctx, id, { param: "id", status: 404 });
      const { type, value } = params;
      if (FORMATS[type] && !FORMATS[type].test(value)) {
        throw invalidRequest(`Invalid value for ${type}.`, {
          code: "tax_id_invalid",
          param: "value",
        });
      }
      const taxId: TaxId = {
        id: newId("txi"),
        object: "tax_id",
        country: /^[a-z]{2}_/.test(type) ? countryOf(type, value) : null,
        created: ctx.clock.now(),
        customer: id,
        customer_account: null,
        livemode: false,
        owner: { customer: id, customer_account: null, type: "customer" },
        type,
        value,
        verification: {
          status: "pending",
          verified_address: null,
          verified_name: null,
        },
      };
      ctx.store.put("tax_id", taxId);
      emit(ctx, "customer.tax_id.created", taxId);
      return taxId;
    },
  }),
  operation({
    method: "GET",
    path: "/v1/customers/:id/tax_ids",
    params: pageParams,
    run(ctx, params, [id]) {
      requireCustomer(ctx, id, { param: "id", status: 404 });
      return listOf(ctx, {
        kind: "tax_id",
        what: "tax_id",
        url: `/v1/customers/${id}/tax_ids`,
        params,
        by: { index: "customer", key: id },
      });
    },
  }),
  operation({
    method: "DELETE",
    path: "/v1/customers/:id/tax_ids/:id",
    params: {},
    run(ctx, _params, [customer, id]) {
      const taxId = requireTaxId(ctx, id);
      if (taxId.customer !== customer)
        throw noSuch("tax_id", id, { param: "id" });
      ctx.store.remove("tax_id", id);
      emit(ctx, "customer.tax_id.deleted", taxId);
      return { id, object: "tax_id" as const, deleted: true as const };
    },
  }),
  operation({
    method: "GET",
    path: "/v1/tax_ids/:id",
    params: {},
    run: (ctx, _params, [id]) => requireTaxId(ctx, id),
  }),
];

function requireTaxId(ctx: Context, id: string): TaxId {
  const taxId = ctx.store.get("tax_id", id);
  if (!taxId) throw noSuch("tax_id", id, { param: "id" });
  return taxId;
}

function countryOf(type: string, value: string): string {
  return (type === "eu_vat" ? value : type).slice(0, 2).toUpperCase();
}
