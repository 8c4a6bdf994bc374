import { Usage } from "@/app/_components/ui/usage";
import type { BillingOverview } from "@/lib/billing/overview";

/** How much of each limit of the plan is used. */
export function UsageBars({
  rights,
  usage,
}: Pick<BillingOverview, "rights" | "usage">) {
  return (
    <>
      <Usage
        label="Projects"
        used={usage.projects}
        limit={rights.limit("projects")}
      />
      <Usage label="Seats" used={usage.seats} limit={rights.limit("seats")} />
    </>
  );
}
