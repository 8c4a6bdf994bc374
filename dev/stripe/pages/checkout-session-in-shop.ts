import type { StripeCheckoutSession } from "@stripe/stripe-js";
import type { Context } from "../context";
import { decimalsOf, formatMoney } from "../money";
import type { LineItem } from "../objects";
import { knownEmail } from "./checkout-buyer";
import type { Open } from "./checkout-purchase";

type Line = StripeCheckoutSession["lineItems"][number];
/** Stripe.js names its values one by one, where the API leaves room for new ones. */
type Shown = Pick<
  StripeCheckoutSession,
  | "canConfirm"
  | "currency"
  | "email"
  | "id"
  | "lastPaymentError"
  | "livemode"
  | "minorUnitsAmountDivisor"
  | "total"
> & {
  lineItems: ShownLine[];
  status:
    | { type: "complete"; paymentStatus: Open["session"]["payment_status"] }
    | { type: "expired" | "open" };
};
type ShownLine = Pick<
  Line,
  | "description"
  | "discount"
  | "id"
  | "name"
  | "priceId"
  | "quantity"
  | "subtotal"
  | "total"
> & {
  recurring: Record<
    keyof NonNullable<Line["recurring"]>,
    number | string
  > | null;
};

/** The session as Stripe.js tells it in the shop's page; amounts are never the page's own to add up. */
export function sessionInShop(ctx: Context, { session, plan }: Open): Shown {
  const currency = session.currency ?? "usd";
  const money = (amount: number) => ({
    amount: formatMoney(amount, currency),
    minorUnitsAmount: amount,
  });
  const none = money(0);
  const email = knownEmail(ctx, session);
  return {
    canConfirm: session.status === "open",
    currency,
    email,
    id: session.id,
    lastPaymentError: plan.failure ? { message: plan.failure.message } : null,
    lineItems: plan.lines.map((line) => shownLine(ctx, line, money)),
    livemode: false,
    minorUnitsAmountDivisor: 10 ** decimalsOf(currency),
    status: statusOf(session),
    total: {
      appliedBalance: none,
      balanceAppliedToNextInvoice: false,
      discount: money(session.total_details?.amount_discount ?? 0),
      shippingRate: none,
      subtotal: money(session.amount_subtotal ?? 0),
      surcharge: none,
      taxExclusive: none,
      taxInclusive: none,
      total: money(session.amount_total ?? 0),
    },
  };
}

function shownLine(
  ctx: Context,
  line: LineItem,
  money: (amount: number) => Line["total"],
): ShownLine {
  const { description, id, price, quantity } = line;
  const every = price.recurring;
  return {
    id,
    name: description ?? price.id,
    description: ctx.store.get("product", price.product)?.description ?? null,
    quantity,
    priceId: price.id,
    recurring: every && {
      interval: every.interval,
      intervalCount: every.interval_count,
      usageType: every.usage_type,
    },
    subtotal: money(line.amount_subtotal),
    discount: money(line.amount_discount),
    total: money(line.amount_total),
  };
}

function statusOf({
  payment_status: paymentStatus,
  status,
}: Open["session"]): Shown["status"] {
  if (status === "complete") return { type: "complete", paymentStatus };
  return { type: status === "expired" ? "expired" : "open" };
}
