import type Stripe from "stripe";
import { oneTimeProducts, plans } from "@/lib/catalog/plans";
import { isMissing, stripe } from "@/lib/platform/stripe";
import type { Change, Plan } from "./change";

type Wanted = { id: string; name: string; description: string };

/** A product that was archived or renamed in the Dashboard is put right too. */
export async function planProducts(): Promise<Plan> {
  const wanted = [...plans, ...oneTimeProducts].flatMap(
    ({ productId: id, name, description }) =>
      id ? [{ id, name, description }] : [],
  );
  const changes = await Promise.all(wanted.map(planProduct));
  return { changes: changes.flat() };
}

async function planProduct(wanted: Wanted): Promise<Change[]> {
  const { id, name, description } = wanted;
  const existing = await getProduct(id);
  if (!existing) {
    return [
      {
        line: `+ product ${id}: ${name}`,
        apply: async () => void (await stripe().products.create(wanted)),
      },
    ];
  }
  const differences = [
    existing.name !== name && `${existing.name} → ${name}`,
    existing.description !== description && "another description",
    !existing.active && "archived → active",
  ].filter((difference) => difference !== false);
  if (differences.length === 0) return [];
  return [
    {
      line: `~ product ${id}: ${differences.join(", ")}`,
      apply: async () =>
        void (await stripe().products.update(id, {
          name,
          description,
          active: true,
        })),
    },
  ];
}

async function getProduct(id: string): Promise<Stripe.Product | null> {
  try {
    return await stripe().products.retrieve(id);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
