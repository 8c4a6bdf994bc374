import type Stripe from "stripe";
import { sameTerms } from "@/lib/billing/price-terms";
import { oneTimeProducts, plans } from "@/lib/catalog/plans";
import { listPrices, type Price } from "@/lib/catalog/prices";
import { isMissing, stripe } from "@/lib/platform/stripe";

type Say = (line: string) => void;

/**
 * Brings Stripe in line with the catalogue and says what it did. Repeatable: what is right already is left
 * alone. Never deletes. A changed amount becomes a new price that takes over the lookup key, because
 * Stripe's prices cannot change; subscribers of the old one stay on it.
 */
export async function setupCatalogue(say: Say): Promise<void> {
  for (const { productId, name, description } of [
    ...plans,
    ...oneTimeProducts,
  ]) {
    if (productId)
      await setupProduct({ id: productId, name, description }, say);
  }
  for (const price of listPrices()) await setupPrice(price, say);
}

async function setupProduct(
  wanted: { id: string; name: string; description: string },
  say: Say,
): Promise<void> {
  const { id, ...fields } = wanted;
  const existing = await getProduct(id);
  if (!existing) {
    await stripe().products.create(wanted);
    say(`product ${id}: created`);
  } else if (
    existing.name !== fields.name ||
    existing.description !== fields.description
  ) {
    await stripe().products.update(id, fields);
    say(`product ${id}: updated`);
  } else {
    say(`product ${id}: unchanged`);
  }
}

async function getProduct(id: string): Promise<Stripe.Product | null> {
  try {
    return await stripe().products.retrieve(id);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function setupPrice(wanted: Price, say: Say): Promise<void> {
  const { lookupKey } = wanted;
  const { data } = await stripe().prices.list({
    lookup_keys: [lookupKey],
    active: true,
  });
  const [existing] = data;
  if (existing && sameTerms(existing, wanted))
    return say(`price ${lookupKey}: unchanged`);
  await stripe().prices.create({
    product: wanted.productId,
    currency: wanted.currency,
    unit_amount: Number(wanted.amount),
    lookup_key: lookupKey,
    transfer_lookup_key: true,
    ...(wanted.interval && {
      recurring: {
        interval: wanted.interval,
        ...(wanted.meter && { usage_type: "metered", meter: wanted.meter }),
      },
    }),
  });
  say(`price ${lookupKey}: ${existing ? "replaced" : "created"}`);
}
