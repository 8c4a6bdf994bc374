import { Banner } from "@/app/_components/ui/banner";
import { Ago } from "@/app/_components/ui/ago";
import { Moment } from "@/app/_components/ui/moment";
import { Stats } from "@/app/_components/ui/stat";
import { TextLink } from "@/app/_components/ui/text-link";
import type { WebhookHealth } from "@/lib/admin/webhook-health";

/** How the inbox is doing now, and the most urgent thing about it. */
export function Health({ health }: { health: WebhookHealth }) {
  const { backlog, oldestDueSeconds, dead, deadEffects, lastReceivedAt } =
    health;
  return (
    <>
      <Trouble health={health} />
      <Stats
        stats={[
          { label: "Waiting", value: backlog },
          {
            label: "Longest due",
            value: backlog > 0 ? `${oldestDueSeconds} s` : "Nothing",
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
    </>
  );
}

/** The most urgent: something is dead, or the endpoint is silent. */
function Trouble({ health }: { health: WebhookHealth }) {
  const silent = health.alarms.find(({ code }) => code === "endpoint_silent");
  if (health.dead + health.deadEffects > 0) {
    return (
      <Banner tone="danger" title="Something is dead and waits for a person">
        <p>
          {health.dead} events and {health.deadEffects} effects were tried to
          the end.{" "}
          <TextLink href="/admin/webhooks?state=dead#events">
            See the dead events
          </TextLink>
        </p>
      </Banner>
    );
  }
  if (!silent) return null;
  return (
    <Banner tone="danger" title="Stripe’s webhooks do not arrive">
      <p>
        Since <Moment date={silent.raisedAt} /> events had to be read from
        Stripe’s list. Check the endpoint’s address and its signing secret.
      </p>
    </Banner>
  );
}
