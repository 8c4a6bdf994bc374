import { Ago } from "@/app/_components/ui/ago";
import { Stats } from "@/app/_components/ui/stat";
import type { WebhookHealth } from "@/lib/admin/webhook-health";

/** How the inbox is doing now. */
export function Health({ health }: { health: WebhookHealth }) {
  const { backlog, dead, deadEffects, lastReceivedAt } = health;
  return (
    <Stats
      stats={[
        { label: "Waiting", value: backlog.events },
        {
          label: "Longest due",
          value:
            backlog.events > 0 ? `${backlog.oldestDueSeconds} s` : "Nothing",
        },
        { label: "Dead events", value: dead },
        { label: "Dead effects", value: deadEffects },
        {
          label: "Last received",
          value: lastReceivedAt ? (
            <Ago date={lastReceivedAt} now={health.asOf} />
          ) : (
            "Never"
          ),
        },
      ]}
    />
  );
}
