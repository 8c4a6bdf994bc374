import { checkExclusive } from "../checks";
import type { Context } from "../context";
import { invalidRequest, missingParam } from "../errors";
import { emit } from "../events";
import { given } from "../given";
import { listOf, PAGED } from "../lists";
import { requireOne, retrieval } from "../lookup";
import { mergeMetadata } from "../metadata";
import type { Price } from "../objects";
import { operation } from "../operation";
import { claimLookupKey, createPrice, currencyOptions } from "./price-create";
import { createProduct, requireProduct } from "./products";

export function requirePrice(
  ctx: Context,
  id: string,
  at: { param: string; status?: 400 | 404 } = { param: "price" },
): Price {
  return requireOne(ctx, "price", id, at);
}

const TIERS =
  "tiers[].flat_amount tiers[].flat_amount_decimal tiers[].unit_amount tiers[].unit_amount_decimal tiers[].up_to";

export const priceOperations = [
  operation("prices.create", {
    built: `active billing_scheme currency currency_options lookup_key metadata nickname product
      product_data.active product_data.id product_data.metadata product_data.name product_data.statement_descriptor
      product_data.tax_code product_data.unit_label recurring.interval recurring.interval_count
      recurring.trial_period_days recurring.usage_type=licensed tax_behavior ${TIERS} tiers_mode transfer_lookup_key
      transform_quantity unit_amount unit_amount_decimal`,
    run(ctx, params) {
      checkExclusive(params, ["product", "product_data"]);
      const { product, product_data, ...rest } = params;
      if (product)
        requireProduct(ctx, product, { param: "product", status: 400 });
      const made = product_data && createProduct(ctx, product_data);
      const id = product ?? made?.id;
      if (!id) throw missingParam("product");
      return createPrice(ctx, { ...rest, product: id });
    },
  }),
  retrieval("prices.retrieve", "price"),
  operation("prices.update", {
    built:
      "active currency_options lookup_key metadata nickname tax_behavior transfer_lookup_key",
    run(ctx, params, [id]) {
      const before = requirePrice(ctx, id);
      const {
        currency_options,
        lookup_key: key,
        metadata,
        transfer_lookup_key,
        ...rest
      } = params;
      if (currency_options !== undefined) {
        const fields = ctx.store.get("includable", id)?.fields ?? {};
        const options = currencyOptions(
          currency_options ?? {},
          before.billing_scheme === "tiered",
        );
        const own = Object(fields["currency_options"]) as Record<
          string,
          unknown
        >;
        const kept =
          currency_options === null
            ? { [before.currency]: own[before.currency] }
            : own;
        ctx.store.put("includable", {
          id,
          fields: { ...fields, currency_options: { ...kept, ...options } },
        });
      }
      const moves = key !== undefined && key !== before.lookup_key;
      const price: Price = {
        ...before,
        ...given(rest),
        ...(moves && {
          lookup_key: claimLookupKey(ctx, key, transfer_lookup_key),
        }),
        metadata: mergeMetadata(before.metadata, metadata),
      };
      ctx.store.put("price", price);
      emit(ctx, "price.updated", price, before);
      return price;
    },
  }),
  operation("prices.list", {
    built: `${PAGED} active created currency lookup_keys product recurring.interval recurring.usage_type type`,
    run(ctx, params) {
      const { active, currency, lookup_keys: keys, product, type } = params;
      if (keys && keys.length > 10) {
        throw invalidRequest("You may provide at most 10 lookup keys.", {
          param: "lookup_keys",
        });
      }
      const { interval, usage_type } = params.recurring ?? {};
      return listOf(ctx, {
        kind: "price",
        what: "price",
        url: "/v1/prices",
        params,
        where: {
          active,
          currency: currency?.toLowerCase(),
          lookup_key: keys?.length === 1 ? keys[0] : undefined,
          product,
          type,
        },
        keep: (price) =>
          (!keys || keys.includes(price.lookup_key ?? "")) &&
          (!interval || price.recurring?.interval === interval) &&
          (!usage_type || price.recurring?.usage_type === usage_type),
      });
    },
  }),
];
