import {
  findPortalConfiguration,
  portalConfiguration,
} from "@/lib/billing/portal-configuration";
import { listPrices } from "@/lib/catalog/prices";
import { planGroup } from "@/lib/catalog/plans";
import { stripe } from "@/lib/platform/stripe";

/**
 * Brings the customer portal's configuration in line with lib/billing/portal-configuration.ts and says what
 * it did. Repeatable; undoes what was changed in the Dashboard. Run it after the catalogue is set up.
 */
export async function setupPortal(say: (line: string) => void): Promise<void> {
  const wanted = portalConfiguration(await planProducts());
  const existing = await findPortalConfiguration();
  if (existing) {
    await stripe().billingPortal.configurations.update(existing, wanted);
  } else {
    await stripe().billingPortal.configurations.create(wanted);
  }
  say(`customer portal: ${existing ? "brought in line" : "created"}`);
}

async function planProducts() {
  const plans = listPrices().filter(({ group }) => group === planGroup);
  const { data } = await stripe().prices.list({
    lookup_keys: plans.map(({ lookupKey }) => lookupKey),
    active: true,
    limit: 100,
  });
  const productIds = new Set(plans.map(({ productId }) => productId));
  return [...productIds].map((productId) => ({
    productId,
    stripePriceIds: data
      .filter(({ product }) => product === productId)
      .map(({ id }) => id),
  }));
}
