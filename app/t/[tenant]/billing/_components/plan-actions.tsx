import { randomUUID } from "node:crypto";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { buttonClass, type ButtonLook } from "@/app/_components/ui/button";
import type { SubscriptionView } from "@/lib/billing/subscription-view";
import { formatMoney } from "@/lib/platform/money";
import { CancelDialog } from "./cancel-dialog";
import { doneWords } from "./done-words";
import { PortalForm, type PortalOrigin } from "./portal-form";
import { priceBefore } from "./subscription-words";
import { WishFields } from "./wish-fields";

type Flash = Awaited<ReturnType<typeof getFlash>>;

/** What can be done with the plan now. Resume stands where Cancel was. */
export function PlanActions({
  plan,
  origin,
  about,
  hasConcern,
  flash,
}: {
  plan: SubscriptionView;
  /** Which of several plans. */
  about?: string | undefined;
  origin: PortalOrigin;
  hasConcern: boolean;
  flash: Flash;
}) {
  const { id, planName, status, endsAt, managedElsewhere } = plan;
  const running = status === "active" || status === "trialing";
  const waits = plan.planned ?? plan.pendingChange;
  const primary = hasConcern ? "secondary" : "primary";
  const stopped = status === "paused" || plan.collectionPaused;
  const common = { id, origin, flash };
  if (managedElsewhere)
    return (
      <div className="mt-3 flex flex-wrap gap-3">
        <PortalForm
          origin={origin}
          label="Manage subscription"
          about={about}
          look={primary}
        />
      </div>
    );
  return (
    <div className="mt-3 flex flex-wrap gap-3">
      {running && !endsAt && !waits && (
        <a
          href={`${origin.returnPath}/change?subscription=${id}`}
          className={buttonClass(primary)}
        >
          Change plan
        </a>
      )}
      {waits && !endsAt && (
        <Act
          {...common}
          act="undo-change"
          done={doneWords.undone}
          look={primary}
        >
          Keep {planName}
        </Act>
      )}
      {endsAt || stopped ? (
        <Act {...common} act="resume" done={doneWords.running} look={primary}>
          Resume {planName}
        </Act>
      ) : (
        <CancelDialog plan={plan} origin={origin} flash={flash} />
      )}
      {status === "trialing" && !endsAt && !waits && plan.card && (
        <ConfirmDialog
          {...dialog(common, "end-trial")}
          trigger="Start paying now"
          title="End the trial?"
          description={`${formatMoney(plan.price)}${priceBefore(plan)} is charged now, and the first paid period begins.`}
          confirm="End the trial and pay"
          keep="Keep the trial"
          done={doneWords.running}
        />
      )}
      {status === "active" && !endsAt && !waits && !stopped && (
        <ConfirmDialog
          {...dialog(common, "pause")}
          trigger={`Pause ${planName}`}
          look="quiet"
          title={`Pause ${planName}?`}
          description={`${planName} stops at once and nothing is charged. What you have paid for and not used is taken off the first charge when you resume.`}
          confirm={`Pause ${planName}`}
          keep={`Keep ${planName}`}
          done={doneWords.paused}
        />
      )}
      <PortalForm
        origin={origin}
        label="Manage subscription"
        about={about}
        look="quiet"
      />
    </div>
  );
}

type Common = { id: string; origin: PortalOrigin; flash: Flash };

function dialog({ id, origin, flash }: Common, act: "end-trial" | "pause") {
  const action = `/api/subscriptions/${id}/${act}` as const;
  return {
    action,
    flash: flash?.action === action ? flash : null,
    fields: { tenantId: origin.tenantId, requestKey: randomUUID() },
  };
}

function Act({
  id,
  origin,
  flash,
  act,
  done,
  look,
  children,
}: Common & {
  act: "resume" | "undo-change";
  done: string;
  look: ButtonLook;
  children: (string | undefined)[];
}) {
  const action = `/api/subscriptions/${id}/${act}` as const;
  const label = children.join("");
  const own = flash?.action === action ? flash : null;
  return (
    <PostForm action={action} label={label} flash={own} done={done}>
      <WishFields tenantId={origin.tenantId} />
      <SubmitButton look={look}>{label}</SubmitButton>
    </PostForm>
  );
}
