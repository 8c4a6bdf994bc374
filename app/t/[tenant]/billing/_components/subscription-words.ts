import type { Tone } from "@/app/_components/ui/tone";
import type {
  ItemView,
  SubscriptionView,
} from "@/lib/billing/subscription-view";
import { formatMoney, type Money } from "@/lib/platform/money";
import { formatDate } from "@/lib/platform/time";

export type SubscriptionWords = {
  tone: Tone;
  status: string;
  /** What it costs and when the next charge is, as exactly as it is known. */
  next: string;
};

/** Each of Stripe's statuses in a person's words. `credit` is what the next invoice is paid with first. */
export function subscriptionWords(
  view: SubscriptionView,
  credit: Money | null = null,
): SubscriptionWords {
  const { planName: plan, endsAt, status } = view;
  const price = `${formatMoney(view.price)} per ${view.interval ?? "period"}`;
  if (endsAt && (status === "active" || status === "trialing")) {
    const next = `Ends on ${formatDate(endsAt)}. Until then you keep ${plan}; it does not renew.`;
    return { tone: "warning", status: "Ending", next };
  }
  if (view.collectionPaused && status === "active") {
    const { resumesAt } = view.collectionPaused;
    const until = resumesAt ? formatDate(resumesAt) : "somebody resumes it";
    const next = `${price}. Its invoices are not collected until ${until}.`;
    return { tone: "neutral", status: "Not collected", next };
  }
  switch (status) {
    case "active": {
      const charge = `${formatMoney(view.price)}${priceBefore(view)}`;
      const next = `Renews on ${formatDate(view.periodEnd)} for ${charge}.${creditWords(credit)}`;
      return { tone: "good", status: "Active", next };
    }
    case "trialing": {
      const until = formatDate(view.trialEnd ?? view.periodEnd);
      const next = `Free until ${until}, then ${price}${priceBefore(view)}.${creditWords(credit)}`;
      return { tone: "good", status: "On trial", next };
    }
    case "past_due":
      return {
        tone: "danger",
        status: "Past due",
        next: `${price}. The last payment failed.`,
      };
    case "unpaid":
      return {
        tone: "danger",
        status: "Unpaid",
        next: `${price}. An invoice is unpaid.`,
      };
    case "paused":
      return {
        tone: "neutral",
        status: "Paused",
        next: `${price} once it goes on. Nothing is charged while it is paused.`,
      };
    case "incomplete":
      return {
        tone: "warning",
        status: "Incomplete",
        next: `${price} once the first payment succeeds.`,
      };
    default:
      return { tone: "neutral", status: "Unknown", next: `${price}.` };
  }
}

/** What is not in the amount, where that is all we know. */
export function priceBefore({
  adjusted: { discounts, tax },
}: SubscriptionView): string {
  if (discounts && tax) return " before discounts and tax";
  if (discounts) return " before discounts";
  return tax ? " before tax" : "";
}

function creditWords(credit: Money | null): string {
  return credit
    ? ` Your credit of ${formatMoney(credit)} pays for it first.`
    : "";
}

/** What will change by itself, or once it is paid; null where nothing waits. */
export function waitingWords({
  planName,
  planned,
  pendingChange,
}: SubscriptionView): string | null {
  if (planned)
    return `Changes to ${planned.names.join(" and ")} on ${formatDate(planned.at)}. Until then you keep ${planName}.`;
  if (pendingChange)
    return `Changes to ${pendingChange.names.join(" and ")} once that is paid.`;
  return null;
}

/** "3 × Team, $12.00 per month each". */
export function itemWords({
  name,
  quantity,
  unit,
  interval,
}: ItemView): string {
  const times = quantity > 1 ? `${quantity} × ` : "";
  const each = quantity > 1 ? " each" : "";
  const price = unit
    ? `${formatMoney(unit)} per ${interval ?? "period"}${each}`
    : "by use";
  return `${times}${name}, ${price}`;
}
