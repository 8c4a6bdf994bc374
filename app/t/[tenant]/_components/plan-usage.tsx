import { Section } from "@/app/_components/ui/section";
import type { BillingOverview } from "@/lib/billing/overview";
import { UsageBars } from "./usage-bars";

/** The usage of a plan as a section of a page. */
export function PlanUsage(props: Pick<BillingOverview, "rights" | "usage">) {
  return (
    <Section id="usage" title="Usage">
      <div className="grid gap-6 sm:grid-cols-2">
        <UsageBars {...props} />
      </div>
    </Section>
  );
}
