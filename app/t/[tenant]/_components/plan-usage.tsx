import { Section } from "@/app/_components/ui/section";
import { Usage } from "@/app/_components/ui/usage";
import type { BillingOverview } from "@/lib/billing/overview";

/** How much of each limit of the plan is used. */
export function PlanUsage({
  rights,
  usage,
}: Pick<BillingOverview, "rights" | "usage">) {
  return (
    <Section id="usage" title="Usage">
      <div className="grid gap-6 sm:grid-cols-2">
        <Usage
          label="Projects"
          used={usage.projects}
          limit={rights.limit("projects")}
        />
        <Usage label="Seats" used={usage.seats} limit={rights.limit("seats")} />
      </div>
    </Section>
  );
}
