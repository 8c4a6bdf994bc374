import { periodAt } from "../calendar";
import type { Context } from "../context";
import { invalidRequest, missingParam, noSuch, notBuilt } from "../errors";
import { newId } from "../ids";
import { mergeMetadata } from "../metadata";
import type { Price, Subscription, SubscriptionItem } from "../objects";
import type { ItemOrder } from "./pending-items";
import { planOf } from "./price-create";
import { requirePrice } from "./prices";
import { charge, credit, everyOf } from "./subscription-proration";

export type ItemChange = {
  id?: string | undefined;
  price?: string | undefined;
  quantity?: number | undefined;
  deleted?: boolean | undefined;
  metadata?: Record<string, string | number | null> | null | undefined;
};
export type Change = {
  items?: ItemChange[] | undefined;
  anchor?: "now" | undefined;
  trial_end?: number | "now" | undefined;
  proration: "always_invoice" | "create_prorations" | "none";
  /** The moment that is prorated from; within the running period. */
  at: number;
};
export type Plan = {
  after: Subscription;
  prorations: ItemOrder[];
  /** Items whose period begins anew and is billed in full. */
  anew: SubscriptionItem[];
  /** Whether an invoice is made at once. */
  bills: boolean;
};

/** What a change of items, anchor or trial comes to; pure, so that a preview and the update agree to the cent. */
export function planChange(
  ctx: Context,
  before: Subscription,
  change: Change,
): Plan {
  const { at } = change;
  const wanted = changedItems(ctx, before, change);
  const trialing = before.status === "trialing";
  if (typeof change.trial_end === "number")
    return onTrial(before, wanted, change.trial_end);
  if (trialing && change.trial_end !== "now")
    return { ...nothing(before, wanted), bills: false };
  const anchor =
    change.anchor === "now" || (trialing && change.trial_end === "now")
      ? at
      : null;
  const items = wanted.map((item) => placed(before, item, { anchor, at }));
  const after: Subscription = {
    ...withItems(before, items),
    ...(anchor && { billing_cycle_anchor: anchor }),
    ...(trialing && { status: "active" as const, trial_end: at }),
  };
  const anew = anchor ? items : [];
  const old = before.items.data;
  const credits = old.filter((one) => anchor || !isIn(items, one));
  const charges = anchor ? [] : items.filter((one) => !isIn(old, one));
  const prorated = change.proration !== "none" && !trialing;
  const prorations = prorated
    ? [
        ...credits.flatMap((item) => credit(ctx, before, item, at)),
        ...charges.flatMap((item) => charge(ctx, after, item, at)),
      ]
    : [];
  return {
    after,
    prorations,
    anew,
    bills:
      anew.length > 0 ||
      (change.proration === "always_invoice" && prorations.length > 0),
  };
}

function nothing(before: Subscription, items: SubscriptionItem[]) {
  return { after: withItems(before, items), prorations: [], anew: [] };
}

function onTrial(
  before: Subscription,
  wanted: SubscriptionItem[],
  trial_end: number,
): Plan {
  if (before.status !== "trialing")
    throw notBuilt("putting a running subscription on trial");
  const items = wanted.map((one) => ({
    ...one,
    current_period_end: trial_end,
  }));
  const after = withItems(before, items);
  return {
    after: { ...after, trial_end, billing_cycle_anchor: trial_end },
    prorations: [],
    anew: [],
    bills: false,
  };
}

export function withItems(
  before: Subscription,
  data: SubscriptionItem[],
): Subscription {
  const [only] = data.length === 1 ? data : [];
  return {
    ...before,
    items: { ...before.items, data, total_count: data.length },
    plan: only?.plan ?? null,
    quantity: only?.quantity ?? null,
  };
}

function isIn(items: SubscriptionItem[], item: SubscriptionItem): boolean {
  const same = items.find((one) => one.id === item.id);
  return same?.price.id === item.price.id && same.quantity === item.quantity;
}

function changedItems(
  ctx: Context,
  before: Subscription,
  { items: changes = [], at }: Change,
): SubscriptionItem[] {
  let items = before.items.data;
  for (const [place, change] of changes.entries()) {
    const param = `items[${place}][price]`;
    const price = change.price
      ? requirePrice(ctx, change.price, { param, status: 400 })
      : undefined;
    if (price && !price.recurring)
      throw invalidRequest(
        "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
        { param },
      );
    if (price && price.currency !== before.currency)
      throw invalidRequest(
        `The price specified only supports \`${price.currency}\`. This subscription uses \`${before.currency}\`.`,
        { param },
      );
    const item = items.find((one) => one.id === change.id);
    if (change.id && !item)
      throw noSuch("subscription_item", change.id, {
        param: `items[${place}][id]`,
        status: 400,
      });
    if (!item && !price) throw missingParam(param);
    if (!item && price && items.some((one) => one.price.id === price.id))
      throw invalidRequest(
        `Cannot add multiple subscription items with the same plan: ${price.id}.`,
        { param },
      );
    if (!item && price)
      items = [...items, newItem(before.id, price, change, at)];
    else if (item && change.deleted)
      items = items.filter((one) => one !== item);
    else if (item)
      items = items.map((one) =>
        one === item ? changedItem(item, price, change) : one,
      );
  }
  if (items.length === 0)
    throw invalidRequest(
      "A subscription must have at least one active plan. Please use the cancel API if you want to cancel the subscription.",
      { param: "items" },
    );
  return items;
}

/** Stripe resets the quantity to one when the price changes and none is given. */
function changedItem(
  item: SubscriptionItem,
  price: Price | undefined,
  change: ItemChange,
): SubscriptionItem {
  const next = price ?? item.price;
  const kept = next.id === item.price.id ? item.quantity : 1;
  return {
    ...item,
    metadata: mergeMetadata(item.metadata, change.metadata),
    plan: planOf(next),
    price: next,
    quantity: change.quantity ?? kept,
  };
}

export function newItem(
  subscription: string,
  price: Price,
  given: Pick<ItemChange, "metadata" | "quantity">,
  at: number,
): SubscriptionItem {
  return {
    id: newId("si"),
    object: "subscription_item",
    billing_thresholds: null,
    created: at,
    current_period_end: at,
    current_period_start: at,
    current_trial: null,
    discounts: [],
    metadata: mergeMetadata({}, given.metadata),
    plan: planOf(price),
    price,
    quantity: given.quantity ?? 1,
    subscription,
    tax_rates: [],
  };
}

/** Where an item's period ends after the change: the anchor decides, and it moves only when asked to. */
function placed(
  before: Subscription,
  item: SubscriptionItem,
  given: { anchor: number | null; at: number },
): SubscriptionItem {
  const anchor = given.anchor ?? before.billing_cycle_anchor;
  const { end } = periodAt(anchor, everyOf(item.price), given.at);
  const old = before.items.data.find((one) => one.id === item.id);
  // A period that ends now is left to the renewal, which bills what the item is by then.
  const over = old && old.current_period_end <= given.at;
  if (!given.anchor && old && (over || sameInterval(old, item))) return item;
  return {
    ...item,
    current_period_end: end,
    current_period_start: given.anchor ?? item.current_period_start,
  };
}

function sameInterval(a: SubscriptionItem, b: SubscriptionItem): boolean {
  const [one, other] = [everyOf(a.price), everyOf(b.price)];
  return (
    one.interval === other.interval &&
    one.interval_count === other.interval_count
  );
}
