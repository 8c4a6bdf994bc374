import type { Money } from "@/lib/platform/money";
import { after, days } from "@/lib/platform/time";
import type { AskedPayment, InvoiceView, OpenDispute } from "./overview";
import type { SubscriptionView } from "./subscription-view";

/** Something about a tenant's billing that is wrong, or soon will be, with what is needed to mend it. */
export type Concern =
  /** The bank wants the buyer's own confirmation. One page, one click. */
  | { kind: "action_required"; planName: string | null; invoice: InvoiceView }
  | {
      kind: "unpaid" | "past_due" | "incomplete";
      subscription: SubscriptionView;
      /** Its oldest open one; null while it has not reached us. */
      invoice: InvoiceView | null;
    }
  /** The plan runs on; what it was to become waits for this invoice. */
  | {
      kind: "change_unpaid";
      subscription: SubscriptionView;
      invoice: InvoiceView;
    }
  /** A bank claims a payment back, or asks about it. */
  | { kind: "disputed"; dispute: OpenDispute }
  /** Two plans are paid at once. */
  | { kind: "doubled"; planNames: string[] }
  | { kind: "paused"; subscription: SubscriptionView }
  /** A status of Stripe's that we do not know. */
  | { kind: "unknown"; subscription: SubscriptionView }
  /** Owed although no live plan depends on it. */
  | { kind: "invoice_open"; invoice: InvoiceView }
  /** Staff ask for it. */
  | { kind: "payment_asked"; asked: AskedPayment }
  /** The card will have run out when the next charge is due. */
  | { kind: "card_expires"; subscription: SubscriptionView; at: Date }
  | {
      kind: "trial_without_card";
      subscription: SubscriptionView;
      price: Money;
    };

type Facts = {
  subscriptions: readonly SubscriptionView[];
  openInvoices: readonly InvoiceView[];
  asked?: readonly AskedPayment[];
  disputes?: readonly OpenDispute[];
};

/** The most urgent first: what one click mends, what has stopped working, what stops soon, what costs twice. */
const byUrgency: readonly Concern["kind"][] = [
  "action_required",
  "change_unpaid",
  "unpaid",
  "past_due",
  "incomplete",
  "disputed",
  "doubled",
  "paused",
  "unknown",
  "invoice_open",
  "payment_asked",
  "card_expires",
  "trial_without_card",
];

/** Everything that is wrong, the most urgent first; pure. A page shows the first loudly, the others quietly. */
export function billingConcerns(
  { subscriptions, openInvoices, asked = [], disputes = [] }: Facts,
  now = new Date(),
): Concern[] {
  const found = subscriptions.flatMap((one) =>
    concernsOf(one, openInvoices, now),
  );
  for (const group of new Set(subscriptions.map((one) => one.group))) {
    const same = subscriptions.filter((one) => group && one.group === group);
    const planNames = same.map(({ planName }) => planName);
    if (same.length > 1) found.push({ kind: "doubled", planNames });
  }
  for (const dispute of disputes) found.push({ kind: "disputed", dispute });
  const live = new Map(subscriptions.map((one) => [one.id, one]));
  for (const invoice of openInvoices) {
    const subscription = live.get(invoice.subscriptionId ?? "");
    if (subscription && isTold(subscription, invoice)) continue;
    if (subscription?.pendingChange?.invoiceId === invoice.id) {
      found.push({ kind: "change_unpaid", subscription, invoice });
      continue;
    }
    found.push(
      invoice.actionRequired
        ? { kind: "action_required", planName: null, invoice }
        : { kind: "invoice_open", invoice },
    );
  }
  for (const one of asked) found.push({ kind: "payment_asked", asked: one });
  return found.toSorted(
    (a, b) => byUrgency.indexOf(a.kind) - byUrgency.indexOf(b.kind),
  );
}

/** A renewal is open for a moment before it is charged: that is no concern until a charge has failed. */
function isTold(
  { status, pendingChange }: SubscriptionView,
  { id, attempts, actionRequired }: InvoiceView,
): boolean {
  if (pendingChange?.invoiceId === id) return false;
  const running = status === "active" || status === "trialing";
  return !running || (attempts === 0 && !actionRequired);
}

function concernsOf(
  subscription: SubscriptionView,
  openInvoices: readonly InvoiceView[],
  now: Date,
): Concern[] {
  const { id, planName, status, card, endsAt, price } = subscription;
  const owed = openInvoices.filter((one) => one.subscriptionId === id);
  const [invoice = null] = owed;
  const confirm = owed.find(({ actionRequired }) => actionRequired);
  switch (status) {
    case "past_due":
    case "unpaid":
    case "incomplete":
      return confirm
        ? [{ kind: "action_required", planName, invoice: confirm }]
        : [{ kind: status, subscription, invoice }];
    case "paused":
      return [{ kind: "paused", subscription }];
    case "trialing":
      if (endsAt) return [];
      if (!card) return [{ kind: "trial_without_card", subscription, price }];
      return expiring(subscription, now);
    case "active":
      return endsAt ? [] : expiring(subscription, now);
    default:
      return [{ kind: "unknown", subscription }];
  }
}

/** A card is good to the end of the month that it names. Said two months ahead, not a year. */
function expiring(subscription: SubscriptionView, now: Date): Concern[] {
  const { card, periodEnd } = subscription;
  if (!card) return [];
  const at = new Date(Date.UTC(card.expYear, card.expMonth, 1));
  const soon = at <= periodEnd && at <= after(now, days(60));
  return soon ? [{ kind: "card_expires", subscription, at }] : [];
}
