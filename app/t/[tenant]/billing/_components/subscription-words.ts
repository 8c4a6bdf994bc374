import type { Tone } from "@/app/_components/ui/tone";
import type { SubscriptionView } from "@/lib/billing/overview";
import { formatMoney } from "@/lib/platform/money";
import { formatDate } from "@/lib/platform/time";

export type SubscriptionWords = {
  tone: Tone;
  status: string;
  /** What it costs and what happens next, exactly. */
  next: string;
  /** What is wrong and the one thing that mends it; null when all is well. */
  trouble: { tone: Tone; title: string; text: string } | null;
};

/** Each of Stripe's statuses in a person's words. `graceEndsAt`: until when a past-due plan still works. */
export function subscriptionWords(
  view: SubscriptionView,
  graceEndsAt: Date | null,
): SubscriptionWords {
  const { planName: plan, endsAt } = view;
  const price = `${formatMoney(view.price)} per ${view.interval ?? "period"}`;
  if (endsAt && (view.status === "active" || view.status === "trialing")) {
    const next = `Ends on ${formatDate(endsAt)}. Until then you keep ${plan}; it does not renew.`;
    return { tone: "warning", status: "Ending", next, trouble: null };
  }
  switch (view.status) {
    case "active":
      return {
        tone: "good",
        status: "Active",
        next: `Renews on ${formatDate(view.periodEnd)} for ${formatMoney(view.price)}.`,
        trouble: null,
      };
    case "trialing":
      return {
        tone: "good",
        status: "On trial",
        next: `Free until ${formatDate(view.trialEnd ?? view.periodEnd)}, then ${price}.`,
        trouble: null,
      };
    case "past_due":
      return {
        tone: "danger",
        status: "Past due",
        next: `${price}. The last payment failed.`,
        trouble: {
          tone: "danger",
          title: "Your last payment failed",
          text: graceEndsAt
            ? `${plan} keeps working until ${formatDate(graceEndsAt)}. Update your payment method before then.`
            : `${plan} is switched off until the open invoice is paid. Update your payment method.`,
        },
      };
    case "unpaid":
      return {
        tone: "danger",
        status: "Unpaid",
        next: `${price}. An invoice is unpaid.`,
        trouble: {
          tone: "danger",
          title: `${plan} is switched off`,
          text: "An invoice was never paid. Update your payment method and pay it to switch the plan on again.",
        },
      };
    case "paused":
      return {
        tone: "neutral",
        status: "Paused",
        next: `${price} once it goes on. Nothing is charged while it is paused.`,
        trouble: {
          tone: "warning",
          title: `${plan} is paused`,
          text: "The trial ended without a payment method. Add one to go on.",
        },
      };
    case "incomplete":
      return {
        tone: "warning",
        status: "Incomplete",
        next: `${price} once the first payment succeeds.`,
        trouble: {
          tone: "warning",
          title: "The first payment is not complete",
          text: `${plan} begins when it is. Confirm the payment or use another payment method.`,
        },
      };
    default:
      return {
        tone: "neutral",
        status: "Unknown",
        next: `${price}.`,
        trouble: {
          tone: "warning",
          title: "This subscription needs a look",
          text: "It is in a state this page does not know. Manage subscription shows its details.",
        },
      };
  }
}
