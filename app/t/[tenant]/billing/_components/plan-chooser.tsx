import { Section } from "@/app/_components/ui/section";
import { plans } from "@/lib/catalog/plans";
import { PlanForm } from "./plan-form";

export function PlanChooser({
  tenantId,
  wanted,
}: {
  tenantId: string;
  /** The lookup key of the price somebody came for. */
  wanted: string | null;
}) {
  const sold = plans.filter((plan) => plan.prices.length > 0);
  const meant =
    sold.find(({ prices }) =>
      prices.some(({ lookupKey }) => lookupKey === wanted),
    ) ?? sold[0];
  return (
    <Section
      id="plans"
      title="Choose a plan"
      description="You pay on the next page. Cancel whenever you like: the plan then runs to the end of what is paid."
    >
      <ul className="grid gap-4 md:grid-cols-2">
        {sold.map((plan) => (
          <PlanForm
            key={plan.key}
            plan={plan}
            tenantId={tenantId}
            wanted={wanted}
            isMeant={plan === meant}
          />
        ))}
      </ul>
    </Section>
  );
}
