import type { Tone } from "@/app/_components/ui/tone";
import type { Concern } from "@/lib/billing/concerns";
import type { InvoiceView } from "@/lib/billing/overview";
import type { PortalFlow } from "@/lib/billing/portal-flow";
import { formatMoney } from "@/lib/platform/money";
import { after, days, formatDate, formatTime } from "@/lib/platform/time";
import { cardName } from "./card-name";

/** The one thing that mends it: a page of Stripe's, or the portal. */
type Remedy =
  /** The page on which this invoice is paid. */
  | { label: string; invoiceId: string }
  | { label: string; page: "payments" | `../pay/${string}` }
  | {
      label: string;
      flow?: PortalFlow["flow"];
      subscriptionId?: string;
    };

export type ConcernWords = {
  tone: Tone;
  title: string;
  text: string;
  remedy: Remedy;
};

const seePayments: Remedy = { label: "See the payment", page: "payments" };
const manage: Remedy = { label: "Manage subscription" };

/** What is wrong, until when that does no harm, and the one thing that mends it. */
export function concernWords(concern: Concern): ConcernWords {
  switch (concern.kind) {
    case "action_required": {
      const { invoice, planName } = concern;
      return {
        tone: "danger",
        title: "Your bank wants you to confirm a payment",
        text: `${formatMoney(invoice.due)}${planName ? ` for ${planName}` : ""} is not paid until you do. It takes a minute.`,
        remedy: { label: "Confirm payment", invoiceId: invoice.id },
      };
    }
    case "payment_asked": {
      const { due, description, paymentId } = concern.asked;
      return {
        tone: "warning",
        title: `${formatMoney(due)} to pay`,
        text: `${description}. Nothing was charged yet.`,
        remedy: { label: "Pay it", page: `../pay/${paymentId}` },
      };
    }
    case "past_due": {
      const { planName, graceEndsAt, id } = concern.subscription;
      return {
        tone: "danger",
        title: "Your last payment failed",
        text: graceEndsAt
          ? `${planName} keeps working until ${formatDate(graceEndsAt)}. Pay the open invoice before then.`
          : `${planName} is switched off until the open invoice is paid.`,
        remedy: payOr(concern.invoice, {
          label: "Update payment method",
          flow: "payment_method_update",
          subscriptionId: id,
        }),
      };
    }
    case "unpaid":
      return {
        tone: "danger",
        title: `${concern.subscription.planName} is switched off`,
        text: "An invoice was never paid. Pay it to switch the plan on again.",
        remedy: payOr(concern.invoice, manage),
      };
    case "incomplete":
      return {
        tone: "warning",
        title: "The first payment is not complete",
        text: `${concern.subscription.planName} begins when it is. After a day without it nothing is charged and the plan is given up.`,
        remedy: payOr(concern.invoice, manage),
      };
    case "change_unpaid": {
      const { subscription, invoice } = concern;
      const { planName, pendingChange } = subscription;
      const names = pendingChange?.names.join(" and ") ?? "the new plan";
      const until = pendingChange
        ? ` until ${formatTime(pendingChange.expiresAt)}`
        : "";
      return {
        tone: "warning",
        title: `The change to ${names} is not paid yet`,
        text: `${planName} goes on as it is, and nothing was charged. You can pay ${formatMoney(invoice.due)}${until}; after that the change is dropped.`,
        remedy: payOr(invoice, manage),
      };
    }
    case "disputed": {
      const { state, amount, paidAt, suspends } = concern.dispute;
      const what = `${formatMoney(amount)} of ${formatDate(paidAt)}`;
      return state === "inquiry"
        ? {
            tone: "warning",
            title: "Your bank asks about a payment",
            text: `It is about ${what}. No money has moved. If you know this payment, tell your bank so.`,
            remedy: seePayments,
          }
        : {
            tone: "danger",
            title: "A payment is claimed back through your bank",
            text: `It is about ${what}. ${suspends ? "The plan is off until the bank decides. " : ""}If this is a mistake, ask your bank to withdraw it.`,
            remedy: seePayments,
          };
    }
    case "doubled": {
      const [name, ...others] = new Set(concern.planNames);
      const both =
        others.length > 0
          ? `${[name, ...others].join(" and ")} both renew`
          : `${name} renews twice`;
      return {
        tone: "warning",
        title: "Two plans are being paid",
        text: `${both}. Cancel the one you do not need, and write to us about what you paid for it.`,
        remedy: manage,
      };
    }
    case "paused": {
      const { planName } = concern.subscription;
      return {
        tone: "warning",
        title: `${planName} is paused`,
        text: concern.subscription.card
          ? `Nothing is charged until you resume it. Resuming begins a new period and charges it.`
          : "There is no payment method. Add one and resume the plan; nothing is charged before.",
        remedy: concern.subscription.card
          ? manage
          : { label: "Add a payment method", flow: "payment_method_update" },
      };
    }
    case "unknown":
      return {
        tone: "warning",
        title: "This subscription needs a look",
        text: "It is in a state this page does not know. Manage subscription shows its details.",
        remedy: manage,
      };
    case "invoice_open": {
      const { invoice } = concern;
      return {
        tone: "warning",
        title: "An invoice is open",
        text: `${formatMoney(invoice.due)} of ${formatDate(invoice.createdAt)} is not paid yet.`,
        remedy: payOr(invoice, manage),
      };
    }
    case "card_expires": {
      const { card, planName, periodEnd } = concern.subscription;
      const last = formatDate(after(concern.at, -days(1)));
      return {
        tone: "warning",
        title: "Your card runs out before the next charge",
        text: `${card ? cardName(card) : "It"} is good until ${last}. ${planName} renews on ${formatDate(periodEnd)}.`,
        remedy: {
          label: "Update payment method",
          flow: "payment_method_update",
        },
      };
    }
    case "trial_without_card": {
      const { trialEnd, periodEnd, planName } = concern.subscription;
      return {
        tone: "warning",
        title: `Your trial ends on ${formatDate(trialEnd ?? periodEnd)}`,
        text: `Add a payment method before then to keep ${planName}.`,
        remedy: {
          label: "Add a payment method",
          flow: "payment_method_update",
        },
      };
    }
  }
}

function payOr(invoice: InvoiceView | null, otherwise: Remedy): Remedy {
  return invoice
    ? { label: `Pay ${formatMoney(invoice.due)}`, invoiceId: invoice.id }
    : otherwise;
}
