import { randomUUID } from "node:crypto";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";
import { Select } from "@/app/_components/ui/select";
import { Textarea } from "@/app/_components/ui/textarea";
import { cancelReasons } from "@/lib/billing/cancel-plan";
import type { SubscriptionView } from "@/lib/billing/subscription-view";
import { formatDate } from "@/lib/platform/time";
import { doneWords } from "./done-words";
import type { PortalOrigin } from "./portal-form";

const reasonWords: Record<(typeof cancelReasons)[number], string> = {
  too_expensive: "It is too expensive",
  missing_features: "Something is missing",
  switched_service: "We use something else now",
  unused: "We do not use it",
  customer_service: "Support was not good enough",
  too_complex: "It is too complicated",
  low_quality: "It does not work well enough",
  other: "Another reason",
};

/** What ends and when, an optional reason, done. */
export function CancelDialog({
  plan,
  origin,
  flash,
}: {
  plan: SubscriptionView;
  origin: PortalOrigin;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const { id, planName, periodEnd, trialEnd } = plan;
  const action = `/api/subscriptions/${id}/cancel` as const;
  const own = flash?.action === action ? flash : null;
  const running = plan.status === "active" || plan.status === "trialing";
  const end = formatDate(
    trialEnd && plan.status === "trialing" ? trialEnd : periodEnd,
  );
  const when = running ? "period_end" : "now";
  return (
    <ConfirmDialog
      trigger={`Cancel ${planName}`}
      title={`Cancel ${planName}?`}
      description={
        running
          ? `You keep ${planName} until ${end}. Then the workspace is on Free, and nothing more is charged. You can resume it until then.`
          : `${planName} ends at once and nothing more is charged. What is open is not owed any more.`
      }
      action={action}
      fields={{ tenantId: origin.tenantId, requestKey: randomUUID(), when }}
      confirm={running ? `Cancel on ${end}` : "Cancel now"}
      keep={`Keep ${planName}`}
      flash={own}
      done={running ? doneWords.ending : doneWords.ended}
    >
      <Select
        id={`reason-${id}`}
        label="Why? (optional)"
        name="feedback"
        defaultValue={own?.values["feedback"] ?? ""}
        options={[
          { value: "", label: "I would rather not say" },
          ...cancelReasons.map((value) => ({
            value,
            label: reasonWords[value],
          })),
        ]}
      />
      <Textarea
        id={`comment-${id}`}
        label="Anything we should know? (optional)"
        name="comment"
        rows={2}
        maxLength={500}
        defaultValue={own?.values["comment"]}
      />
    </ConfirmDialog>
  );
}
