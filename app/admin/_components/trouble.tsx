import { Banner } from "@/app/_components/ui/banner";
import { Moment } from "@/app/_components/ui/moment";
import { TextLink } from "@/app/_components/ui/text-link";
import type { Trouble } from "@/lib/admin/webhook-health";

/** The most urgent: something is dead, or the endpoint is silent. */
export function TroubleBanner({ trouble }: { trouble: Trouble }) {
  const { dead, deadEffects, silentSince } = trouble;
  if (dead + deadEffects > 0) {
    return (
      <Banner tone="danger" title="Something is dead and waits for a person">
        <p>
          {dead} events and {deadEffects} effects were tried to the end.{" "}
          <TextLink href="/admin/webhooks?state=dead#events">
            See the dead events
          </TextLink>
        </p>
      </Banner>
    );
  }
  if (!silentSince) return null;
  return (
    <Banner tone="danger" title="Stripe’s webhooks do not arrive">
      <p>
        Since <Moment date={silentSince} /> events had to be read from Stripe’s
        list. Check the endpoint’s address and its signing secret.
      </p>
    </Banner>
  );
}
