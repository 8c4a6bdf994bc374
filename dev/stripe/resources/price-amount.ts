import type { Stripe } from "stripe";
import type { Context } from "../context";
import { formatMoney } from "../money";
import type { Price } from "../objects";

/** What a quantity of this price costs, in the smallest unit, rounded once: packages, tiers and decimals included. */
export function priceAmount(
  ctx: Pick<Context, "store">,
  price: Price,
  quantity: number,
): number {
  const units = packagesOf(price, quantity);
  if (price.billing_scheme === "per_unit")
    return Math.round(Number(price.unit_amount_decimal ?? 0) * units);
  const tiers = tiersOf(ctx, price);
  return Math.round(
    price.tiers_mode === "volume"
      ? volumeAmount(tiers, units)
      : graduatedAmount(tiers, units),
  );
}

/** `$29.00`, or `$5.00 per 10` of a package; tiers have no single price. */
export function unitText(price: Price): string | null {
  if (price.billing_scheme === "tiered") return null;
  const unit = Number(price.unit_amount_decimal ?? 0);
  const each = formatMoney(unit, price.currency);
  const by = price.transform_quantity;
  return by ? `${each} per ${by.divide_by}` : each;
}

function tiersOf(
  ctx: Pick<Context, "store">,
  price: Price,
): Stripe.Price.Tier[] {
  const tiers = ctx.store.get("includable", price.id)?.fields["tiers"];
  // Stored by prices.create exactly in this form.
  return (tiers as Stripe.Price.Tier[] | undefined) ?? [];
}

function packagesOf(price: Price, quantity: number): number {
  const by = price.transform_quantity;
  if (!by) return quantity;
  const packages = quantity / by.divide_by;
  return by.round === "up" ? Math.ceil(packages) : Math.floor(packages);
}

/** All units at the price of the tier the whole quantity falls into. */
function volumeAmount(tiers: Stripe.Price.Tier[], units: number): number {
  const tier = tiers.find(({ up_to }) => up_to === null || units <= up_to);
  return tier ? unitOf(tier) * units + flatOf(tier) : 0;
}

/** Each tier's own units at its own price; a tier that is not reached costs nothing. */
function graduatedAmount(tiers: Stripe.Price.Tier[], units: number): number {
  let below = 0;
  let sum = 0;
  for (const tier of tiers) {
    const inside = Math.min(units, tier.up_to ?? Infinity) - below;
    if (inside <= 0 && below > 0) break;
    sum += unitOf(tier) * inside + flatOf(tier);
    below = tier.up_to ?? Infinity;
  }
  return sum;
}

function unitOf(tier: Stripe.Price.Tier): number {
  return Number(tier.unit_amount_decimal ?? 0);
}

function flatOf(tier: Stripe.Price.Tier): number {
  return Number(tier.flat_amount_decimal ?? 0);
}
