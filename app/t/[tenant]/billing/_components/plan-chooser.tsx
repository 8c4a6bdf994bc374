import { Section } from "@/app/_components/ui/section";
import { plans } from "@/lib/catalog/plans";
import type { Price } from "@/lib/catalog/prices";
import { PlanForm } from "./plan-form";

export function PlanChooser({
  tenantId,
  buyable,
  wanted,
  hasTrial,
}: {
  tenantId: string;
  buyable: readonly Price[];
  /** The lookup key of the price somebody came for. */
  wanted: string | null;
  hasTrial: boolean;
}) {
  const offers = plans
    .map((plan) => ({
      plan,
      prices: buyable.filter(({ productId }) => productId === plan.productId),
    }))
    .filter(({ prices }) => prices.length > 0);
  const meant =
    offers.find(({ prices }) =>
      prices.some(({ lookupKey }) => lookupKey === wanted),
    ) ?? offers[0];
  if (!meant) return null;
  return (
    <Section
      id="plans"
      title="Choose a plan"
      description="You pay on the next page. Cancel whenever you like: the plan then runs to the end of what is paid."
    >
      <ul className="grid gap-4 md:grid-cols-2">
        {offers.map((offer) => (
          <PlanForm
            key={offer.plan.key}
            plan={offer.plan}
            prices={offer.prices}
            tenantId={tenantId}
            wanted={wanted}
            isMeant={offer === meant}
            hasTrial={hasTrial}
          />
        ))}
      </ul>
    </Section>
  );
}
