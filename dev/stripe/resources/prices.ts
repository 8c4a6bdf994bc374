import type { Context } from "../context.js";
import { invalidRequest, missingParam, noSuch } from "../errors.js";
import { emit } from "../events.js";
import { newId } from "../ids.js";
import { listOf, listParams } from "../lists.js";
import type { Plan, Price } from "../objects.js";
import { operation } from "../operation.js";
import * as p from "../params.js";
import { createProduct, requireProduct } from "./products.js";

const INTERVAL_LIMIT: Record<string, number> = {
  day: 1095,
  week: 156,
  month: 36,
  year: 3,
};

export const recurringKind = p.object({
  interval: p.required(p.oneOf("day", "month", "week", "year")),
  interval_count: p.integer({ min: 1 }),
  meter: p.unbuilt(),
  trial_period_days: p.integer({ min: 1 }),
  usage_type: p.oneOf("licensed"),
});
type Recurring = NonNullable<ReturnType<typeof recurringKind.parse>>;

export function requirePrice(
  ctx: Context,
  id: string,
  at: { param: string; status?: 400 | 404 } = { param: "price" },
): Price {
  const price = ctx.store.get("price", id);
  if (!price) throw noSuch("price", id, at);
  return price;
}

export function createPrice(
  ctx: Context,
  given: {
    active?: boolean | undefined;
    currency: string;
    lookup_key?: string | undefined;
    metadata?: Record<string, string> | null | undefined;
    nickname?: string | undefined;
    product: string;
    recurring?: Recurring | undefined;
    tax_behavior?: "exclusive" | "inclusive" | "unspecified" | undefined;
    transfer_lookup_key?: boolean | undefined;
    unit_amount?: number | undefined;
    unit_amount_decimal?: string | undefined;
  },
): Price {
  if (!/^[a-z]{3}$/i.test(given.currency)) {
    throw invalidRequest(`Invalid currency: ${given.currency}.`, {
      param: "currency",
    });
  }
  const decimal = given.unit_amount_decimal ?? given.unit_amount?.toString();
  if (decimal === undefined) {
    throw missingParam("unit_amount");
  }
  const whole = Number(decimal);
  const price: Price = {
    id: newId("price"),
    object: "price",
    active: given.active ?? true,
    billing_scheme: "per_unit",
    created: ctx.clock.now(),
    currency: given.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: claimLookupKey(
      ctx,
      given.lookup_key,
      given.transfer_lookup_key,
    ),
    metadata: p.mergeMetadata({}, given.metadata),
    nickname: given.nickname ?? null,
    product: given.product,
    recurring: given.recurring ? toRecurring(given.recurring) : null,
    tax_behavior: given.tax_behavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: given.recurring ? "recurring" : "one_time",
    unit_amount: Number.isInteger(whole) ? whole : null,
    unit_amount_decimal: decimal,
  };
  ctx.store.put("price", price);
  if (price.recurring) emit(ctx, "plan.created", planOf(price));
  emit(ctx, "price.created", price);
  return price;
}

function toRecurring(given: Recurring): NonNullable<Price["recurring"]> {
  const count = given.interval_count ?? 1;
  if (count > (INTERVAL_LIMIT[given.interval] ?? 1)) {
    throw invalidRequest(
      "Your price's interval cannot be longer than 3 years.",
      {
        param: "recurring[interval_count]",
      },
    );
  }
  return {
    interval: given.interval,
    interval_count: count,
    meter: null,
    trial_period_days: given.trial_period_days ?? null,
    usage_type: given.usage_type ?? "licensed",
  };
}

function claimLookupKey(
  ctx: Context,
  key: string | undefined,
  transfer: boolean | undefined,
): string | null {
  if (!key) return null;
  const [holder] = ctx.store.all("price", { index: "lookup_key", key });
  if (!holder) return key;
  if (!transfer) {
    throw invalidRequest(
      `A price (\`${holder.id}\`) already uses that lookup key.`,
      {
        param: "lookup_key",
      },
    );
  }
  const without = { ...holder, lookup_key: null };
  ctx.store.put("price", without);
  emit(ctx, "price.updated", without, holder);
  return key;
}

/** The legacy twin of a recurring price, still sent on items and subscriptions. */
export function planOf(price: Price): Plan {
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? "month",
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: price.recurring?.trial_period_days ?? null,
    usage_type: "licensed",
  };
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
