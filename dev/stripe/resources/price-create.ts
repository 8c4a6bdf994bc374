import type { Context } from "../context";
import { invalidRequest, missingParam } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import type { Plan, Price } from "../objects";
import * as p from "../params";

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

export function claimLookupKey(
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
