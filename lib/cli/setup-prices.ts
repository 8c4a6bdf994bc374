import type Stripe from "stripe";
import { sameTerms } from "@/lib/billing/price-terms";
import { priceWords } from "@/lib/catalog/price-words";
import { listPrices, type Price } from "@/lib/catalog/prices";
import { formatMoney } from "@/lib/platform/money";
import { isMissing, stripe } from "@/lib/platform/stripe";
import type { Change, Plan } from "./change";
import { moveSubscriptions, subscriptionsOn } from "./move-subscriptions";

/** By this a price is known to have been the catalogue's once another has taken its lookup key. */
const mark = "turnpike_lookup_key";

/**
 * Stripe's prices cannot change: a changed one becomes a new one that takes over the lookup key. Subscribers of
 * the old one stay on it, or go over to the new one when told to `move`.
 */
export async function planPrices({ move }: { move: boolean }): Promise<Plan> {
  const plans = await Promise.all(
    listPrices().map((price) => planPrice(price, move)),
  );
  return {
    changes: plans.flatMap(({ changes }) => changes),
    notes: plans.flatMap(({ notes }) => notes ?? []),
  };
}

async function planPrice(wanted: Price, move: boolean): Promise<Plan> {
  const { lookupKey } = wanted;
  const ours = await pricesOf(wanted);
  const current = ours.find((price) => price.lookup_key === lookupKey);
  const changes = planCurrent(wanted, current);
  const earlier = ours.filter((price) => !sameTerms(price, wanted));
  const left = await subscriptionsOn(earlier.map(({ id }) => id));
  if (left.length === 0) return { changes };
  const some = `${left.length} ${left.length === 1 ? "subscription" : "subscriptions"} on an earlier ${lookupKey}`;
  const moving: Change = {
    line: `~ ${some}: on the new price from the next renewal on`,
    apply: async () => moveSubscriptions(left, await idOfPrice(lookupKey)),
  };
  return move
    ? { changes: [...changes, moving] }
    : { changes, notes: [`${some}: kept. --move-subscribers moves them.`] };
}

function planCurrent(
  wanted: Price,
  current: Stripe.Price | undefined,
): Change[] {
  const name = `price ${wanted.lookupKey}`;
  const terms = priceWords(wanted);
  if (!current)
    return [{ line: `+ ${name}: ${terms}`, apply: () => create(wanted) }];
  if (!sameTerms(current, wanted)) {
    return [
      {
        line: `~ ${name}: ${inWords(current)} → ${terms}`,
        async apply() {
          // Marked first: whoever takes over the lookup key leaves it nothing to be known by.
          const metadata = { [mark]: wanted.lookupKey };
          await stripe().prices.update(current.id, { metadata });
          await create(wanted);
        },
      },
    ];
  }
  if (current.active) return [];
  return [
    {
      line: `~ ${name}: archived → active`,
      apply: async () =>
        void (await stripe().prices.update(current.id, { active: true })),
    },
  ];
}

async function create(wanted: Price): Promise<void> {
  const { productId, currency, amount, lookupKey, interval, meter } = wanted;
  await stripe().prices.create({
    product: productId,
    currency,
    unit_amount: Number(amount),
    lookup_key: lookupKey,
    transfer_lookup_key: true,
    metadata: { [mark]: lookupKey },
    ...(interval && {
      recurring: {
        interval,
        ...(meter && { usage_type: "metered" as const, meter }),
      },
    }),
  });
}

/** The one that carries the lookup key, archived or not, and the earlier ones. */
async function pricesOf({ lookupKey, productId }: Price) {
  const all = new Map<string, Stripe.Price>();
  const found = await stripe().prices.list({ lookup_keys: [lookupKey] });
  for (const price of found.data) all.set(price.id, price);
  try {
    const list = stripe().prices.list({ product: productId, limit: 100 });
    for await (const price of list)
      if (price.metadata[mark] === lookupKey) all.set(price.id, price);
  } catch (error) {
    if (!isMissing(error)) throw error; // no product yet, and so no prices
  }
  return [...all.values()];
}

async function idOfPrice(lookupKey: string): Promise<string> {
  const { data } = await stripe().prices.list({ lookup_keys: [lookupKey] });
  if (!data[0]) throw new Error(`Stripe has no price ${lookupKey}`);
  return data[0].id;
}

function inWords({ unit_amount, currency, recurring }: Stripe.Price): string {
  const money =
    unit_amount === null
      ? "another kind of price"
      : formatMoney({ amount: BigInt(unit_amount), currency });
  return recurring ? `${money} per ${recurring.interval}` : money;
}
