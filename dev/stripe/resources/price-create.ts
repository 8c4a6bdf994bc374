import type { Stripe } from "stripe";
import { checkLength, checkRange, currencyOf } from "../checks";
import type { Context } from "../context";
import { nulls } from "../contract/nulls";
import type { Params, Received } from "../contract/params";
import { invalidRequest, missingParam, notBuilt } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import { mergeMetadata } from "../metadata";
import type { Plan, Price } from "../objects";

const INTERVAL_LIMIT = { day: 1095, week: 156, month: 36, year: 3 };
const LARGEST = 99_999_999;

type Given = Omit<
  Params<"prices.create">,
  "expand" | "metadata" | "product_data"
> & {
  metadata?: Record<string, string | number | null> | null | undefined;
  product: string;
};
type Option = Received<Stripe.PriceCreateParams.CurrencyOptions>;
type Amounts = Pick<Option, "tiers" | "unit_amount" | "unit_amount_decimal">;

export function createPrice(ctx: Context, given: Given): Price {
  const { recurring, currency_options: options } = given;
  if (recurring?.usage_type === "metered")
    throw notBuilt("recurring[usage_type]=metered");
  checkLength(given.lookup_key, "lookup_key", 200);
  const currency = currencyOf(given.currency);
  const tiered = given.billing_scheme === "tiered";
  if (tiered && !given.tiers_mode) throw missingParam("tiers_mode");
  const main = amountsOf(given, tiered, "");
  const price: Price = {
    ...nulls("Price"),
    id: newId("price"),
    object: "price",
    active: given.active ?? true,
    billing_scheme: given.billing_scheme ?? "per_unit",
    created: ctx.clock.now(),
    currency,
    livemode: false,
    lookup_key: claimLookupKey(
      ctx,
      given.lookup_key,
      given.transfer_lookup_key,
    ),
    metadata: mergeMetadata({}, given.metadata),
    nickname: given.nickname ?? null,
    product: given.product,
    recurring: recurring ? toRecurring(recurring) : null,
    tax_behavior: given.tax_behavior ?? "unspecified",
    tiers_mode: given.tiers_mode ?? null,
    transform_quantity: given.transform_quantity ?? null,
    type: recurring ? "recurring" : "one_time",
    unit_amount: main.unit_amount,
    unit_amount_decimal: main.unit_amount_decimal,
  };
  ctx.store.put("price", price);
  const fields = {
    ...(main.tiers && { tiers: main.tiers }),
    currency_options: currencyOptions(
      { ...options, [currency]: given },
      tiered,
    ),
  };
  ctx.store.put("includable", { id: price.id, fields });
  if (price.recurring) emit(ctx, "plan.created", planOf(price));
  emit(ctx, "price.created", price);
  return price;
}

/** The price in each currency, its own included, as `expand[]=currency_options` shows it. */
export function currencyOptions(
  options: Record<string, Option>,
  tiered: boolean,
): Record<string, unknown> {
  const entries = Object.entries(options).map(
    ([currency, option]): [string, unknown] => {
      const at = `currency_options[${currency}]`;
      return [
        currencyOf(currency, at),
        {
          custom_unit_amount: null,
          tax_behavior: option.tax_behavior ?? "unspecified",
          ...amountsOf(option, tiered, at),
        },
      ];
    },
  );
  return Object.fromEntries(entries);
}

function amountsOf(given: Amounts, tiered: boolean, at: string) {
  const name = (field: string) => (at ? `${at}[${field}]` : field);
  if (tiered) {
    if (!given.tiers?.length) throw missingParam(name("tiers"));
    return {
      tiers: toTiers(given.tiers, name("tiers")),
      unit_amount: null,
      unit_amount_decimal: null,
    };
  }
  if (given.tiers)
    throw invalidRequest(
      "You may only pass tiers when billing_scheme is set to tiered.",
      { param: name("tiers") },
    );
  checkRange(given.unit_amount, name("unit_amount"), { min: 0, max: LARGEST });
  const amount = oneAmount(
    given.unit_amount,
    given.unit_amount_decimal,
    name("unit_amount"),
  );
  if (amount.decimal === null) throw missingParam(name("unit_amount"));
  return { unit_amount: amount.whole, unit_amount_decimal: amount.decimal };
}

function toTiers(tiers: NonNullable<Amounts["tiers"]>, at: string): object[] {
  return tiers.map((tier, n) => {
    const isLast = n === tiers.length - 1;
    if (isLast !== (tier.up_to === "inf")) {
      throw invalidRequest("The last tier, and only it, must have up_to=inf.", {
        param: `${at}[${n}][up_to]`,
      });
    }
    const unit = oneAmount(
      tier.unit_amount,
      tier.unit_amount_decimal,
      `${at}[${n}][unit_amount]`,
    );
    const flat = oneAmount(
      tier.flat_amount,
      tier.flat_amount_decimal,
      `${at}[${n}][flat_amount]`,
    );
    if (unit.decimal === null && flat.decimal === null)
      throw missingParam(`${at}[${n}][unit_amount]`);
    return {
      flat_amount: flat.whole,
      flat_amount_decimal: flat.decimal,
      unit_amount: unit.whole,
      unit_amount_decimal: unit.decimal,
      up_to: tier.up_to === "inf" ? null : tier.up_to,
    };
  });
}

/** One amount given in either of two ways: whole, or as a decimal whose whole form is null if it has a fraction. */
function oneAmount(
  whole: number | undefined,
  decimal: string | undefined,
  param: string,
) {
  if (whole !== undefined && decimal !== undefined) {
    throw invalidRequest(
      `You may only specify one of these parameters: ${param}, ${param.replace(/\]?$/, "_decimal$&")}.`,
      { param },
    );
  }
  const text = decimal ?? whole?.toString() ?? null;
  const value = Number(text);
  return {
    decimal: text,
    whole: text !== null && Number.isInteger(value) ? value : null,
  };
}

function toRecurring(
  given: NonNullable<Given["recurring"]>,
): NonNullable<Price["recurring"]> {
  const { interval, interval_count: count = 1 } = given;
  checkRange(count, "recurring[interval_count]", { min: 1 });
  if (count > INTERVAL_LIMIT[interval]) {
    throw invalidRequest(
      "Your price's interval cannot be longer than 3 years.",
      { param: "recurring[interval_count]" },
    );
  }
  return {
    interval,
    interval_count: count,
    meter: null,
    trial_period_days: given.trial_period_days ?? null,
    usage_type: "licensed",
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
      { param: "lookup_key" },
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
    tiers_mode: price.tiers_mode,
    transform_usage: price.transform_quantity,
    trial_period_days: price.recurring?.trial_period_days ?? null,
    usage_type: "licensed",
  };
}
