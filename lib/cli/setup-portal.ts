import type Stripe from "stripe";
import {
  findPortalConfiguration,
  portalConfiguration,
  portalKinds,
  type PortalKind,
} from "@/lib/billing/portal-configuration";
import { sameTerms } from "@/lib/billing/price-terms";
import { planGroup } from "@/lib/catalog/plans";
import { listPrices } from "@/lib/catalog/prices";
import { stripe } from "@/lib/platform/stripe";
import type { Change, Plan } from "./change";

/** The customer portal as lib/billing/portal-configuration.ts says; undoes what was changed in the Dashboard. */
export async function planPortal(): Promise<Plan> {
  const changes = await Promise.all(portalKinds.map(planKind));
  return { changes: changes.flat() };
}

async function planKind(kind: PortalKind): Promise<Change[]> {
  const id = await findPortalConfiguration(kind);
  if (id && (await isInLine(id, kind))) return [];
  const name =
    kind === "portal"
      ? "customer portal"
      : "customer portal without switching plans";
  const { configurations } = stripe().billingPortal;
  const apply = async () => {
    const wanted = portalConfiguration(await planProducts(), kind);
    if (id) await configurations.update(id, wanted);
    else await configurations.create(wanted);
  };
  return [
    id
      ? { line: `~ ${name}: brought in line`, apply }
      : { line: `+ ${name}`, apply },
  ];
}

/** Not while a price is yet to be made: the portal switches between them by their ids. */
async function isInLine(id: string, kind: PortalKind): Promise<boolean> {
  const products = await planProducts();
  const known = products.flatMap(({ stripePriceIds }) => stripePriceIds);
  if (kind === "portal" && known.length < planPrices().length) return false;
  const { features } = await stripe().billingPortal.configurations.retrieve(
    id,
    { expand: ["features.subscription_update.products"] },
  );
  return isPart(portalConfiguration(products, kind).features, features);
}

function planPrices() {
  return listPrices().filter(({ group }) => group === planGroup);
}

/** The plans with the ids of their prices, as far as Stripe has them at our terms. */
async function planProducts() {
  const plans = planPrices();
  const found = await Promise.all(
    plans.map(async (plan) => {
      const { data } = await stripe().prices.list({
        lookup_keys: [plan.lookupKey],
        active: true,
      });
      return data.filter((price) => sameTerms(price, plan));
    }),
  );
  const prices: Stripe.Price[] = found.flat();
  const productIds = new Set(plans.map(({ productId }) => productId));
  return [...productIds].map((productId) => ({
    productId,
    stripePriceIds: prices
      .filter(({ product }) => product === productId)
      .map(({ id }) => id),
  }));
}

/** Whether everything wanted is there; Stripe adds fields of its own, and keeps lists in an order of its own. */
function isPart(wanted: unknown, there: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(there) &&
      there.length === wanted.length &&
      wanted.every((one) => there.some((other) => isPart(one, other)))
    );
  }
  if (typeof wanted !== "object" || wanted === null) return wanted === there;
  if (typeof there !== "object" || there === null) return false;
  const fields = new Map<string, unknown>(Object.entries(there));
  return Object.entries(wanted).every(([name, value]) =>
    isPart(value, fields.get(name)),
  );
}
