import type { SubscriptionView } from "@/lib/billing/overview";
import { PortalForm, type PortalOrigin } from "./portal-form";

/** What can be done with the plan now. Resume stands where Cancel was. */
export function PlanActions({
  main: { id, planName, status, endsAt },
  origin,
  hasConcern,
}: {
  main: SubscriptionView;
  origin: PortalOrigin;
  hasConcern: boolean;
}) {
  const running = status === "active" || status === "trialing";
  const primary = hasConcern ? "secondary" : "primary";
  return (
    <div className="mt-3 flex flex-wrap gap-3">
      {running && !endsAt && (
        <PortalForm
          origin={origin}
          label="Change plan"
          flow="subscription_update"
          subscriptionId={id}
          look={primary}
        />
      )}
      {endsAt ? (
        <PortalForm
          origin={origin}
          label={`Resume ${planName}`}
          look={primary}
        />
      ) : (
        <PortalForm
          origin={origin}
          label={`Cancel ${planName}`}
          flow="subscription_cancel"
          subscriptionId={id}
        />
      )}
      <PortalForm origin={origin} label="Manage subscription" look="quiet" />
    </div>
  );
}
