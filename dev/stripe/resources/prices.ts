import type { Context } from "../context";
import { invalidRequest, missingParam, noSuch } from "../errors";
import { emit } from "../events";
import { listOf, listParams } from "../lists";
import type { Price } from "../objects";
import { operation } from "../operation";
import * as p from "../params";
import { claimLookupKey, createPrice, recurringKind } from "./price-create";
import { createProduct, requireProduct } from "./products";

export function requirePrice(
  ctx: Context,
  id: string,
  at: { param: string; status?: 400 | 404 } = { param: "price" },
): Price {
  const price = ctx.store.get("price", id);
  if (!price) throw noSuch("price", id, at);
  return price;
}

const decimal = {
  ...p.string(),
  parse(raw: Parameters<ReturnType<typeof p.string>["parse"]>[0], at: string) {
    const text = p.string().parse(raw, at);
    if (text === undefined || /^\d+(\.\d{1,12})?$/.test(text)) return text;
    throw invalidRequest(`Invalid decimal: ${text}`, {
      code: "parameter_invalid_decimal",
      param: at,
    });
  },
};

export const priceOperations = [
  operation({
    method: "POST",
    path: "/v1/prices",
    params: {
      currency: p.required(p.string()),
      active: p.boolean(),
      billing_scheme: p.oneOf("per_unit"),
      currency_options: p.unbuilt(),
      custom_unit_amount: p.unbuilt(),
      lookup_key: p.string(200),
      metadata: p.metadata(),
      nickname: p.string(),
      product: p.string(),
      product_data: p.object({
        name: p.required(p.string()),
        id: p.string(),
        active: p.boolean(),
        metadata: p.metadata(),
        statement_descriptor: p.string(22),
        tax_code: p.string(),
        unit_label: p.string(12),
      }),
      recurring: recurringKind,
      tax_behavior: p.oneOf("exclusive", "inclusive", "unspecified"),
      tiers: p.unbuilt(),
      tiers_mode: p.unbuilt(),
      transfer_lookup_key: p.boolean(),
      transform_quantity: p.unbuilt(),
      unit_amount: p.integer({ min: 0, max: 99_999_999 }),
      unit_amount_decimal: decimal,
    },
    run(ctx, params) {
      const { product, product_data } = params;
      if (product && product_data) {
        throw invalidRequest(
          "You may only specify one of these parameters: product, product_data.",
          { param: "product" },
        );
      }
      if (product)
        requireProduct(ctx, product, { param: "product", status: 400 });
      const made = product_data && createProduct(ctx, product_data);
      const id = product ?? made?.id;
      if (!id) throw missingParam("product");
      return createPrice(ctx, { ...params, product: id });
    },
  }),
  operation({
    method: "GET",
    path: "/v1/prices/:id",
    params: {},
    run: (ctx, _params, [id]) => requirePrice(ctx, id),
  }),
  operation({
    method: "POST",
    path: "/v1/prices/:id",
    params: {
      active: p.boolean(),
      currency_options: p.unbuilt(),
      lookup_key: p.unsettable(p.string(200)),
      metadata: p.metadata(),
      nickname: p.unsettable(p.string()),
      tax_behavior: p.oneOf("exclusive", "inclusive", "unspecified"),
      transfer_lookup_key: p.boolean(),
    },
    run(ctx, params, [id]) {
      const before = requirePrice(ctx, id);
      const { lookup_key: key } = params;
      const changes = key !== undefined && key !== before.lookup_key;
      const price: Price = {
        ...before,
        active: params.active ?? before.active,
        lookup_key: changes
          ? claimLookupKey(ctx, key ?? undefined, params.transfer_lookup_key)
          : before.lookup_key,
        metadata: p.mergeMetadata(before.metadata, params.metadata),
        nickname:
          params.nickname === undefined ? before.nickname : params.nickname,
        tax_behavior: params.tax_behavior ?? before.tax_behavior,
      };
      ctx.store.put("price", price);
      emit(ctx, "price.updated", price, before);
      return price;
    },
  }),
  operation({
    method: "GET",
    path: "/v1/prices",
    params: {
      ...listParams,
      active: p.boolean(),
      currency: p.string(),
      lookup_keys: p.array(p.string()),
      product: p.string(),
      recurring: p.object({
        interval: p.oneOf("day", "month", "week", "year"),
        meter: p.unbuilt(),
        usage_type: p.oneOf("licensed", "metered"),
      }),
      type: p.oneOf("one_time", "recurring"),
    },
    run(ctx, params) {
      const keys = params.lookup_keys;
      if (keys && keys.length > 10) {
        throw invalidRequest("You may provide at most 10 lookup keys.", {
          param: "lookup_keys",
        });
      }
      const by = params.product
        ? { index: "product", key: params.product }
        : undefined;
      const { interval, usage_type } = params.recurring ?? {};
      return listOf(ctx, {
        kind: "price",
        what: "price",
        url: "/v1/prices",
        params,
        by:
          keys?.length === 1 && keys[0]
            ? { index: "lookup_key", key: keys[0] }
            : by,
        keep: (price) =>
          (params.active === undefined || price.active === params.active) &&
          (!params.currency ||
            price.currency === params.currency.toLowerCase()) &&
          (!keys ||
            (price.lookup_key !== null && keys.includes(price.lookup_key))) &&
          (!params.product || price.product === params.product) &&
          (!params.type || price.type === params.type) &&
          (!interval || price.recurring?.interval === interval) &&
          (!usage_type || price.recurring?.usage_type === usage_type),
      });
    },
  }),
];
