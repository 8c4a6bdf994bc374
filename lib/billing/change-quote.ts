import { createHash } from "node:crypto";
import type Stripe from "stripe";
import {
  changeTime,
  priceOfItem,
  type ChangeTime,
} from "@/lib/catalog/plan-change";
import type { Price } from "@/lib/catalog/prices";
import { quantityFor } from "@/lib/entitlements/seat-count";
import { AppError } from "@/lib/platform/errors";
import type { Money } from "@/lib/platform/money";
import { stripe } from "@/lib/platform/stripe";
import { fromUnix } from "@/lib/platform/time";
import {
  isEnding,
  isRunning,
  planItem,
  type OwnSubscription,
} from "./own-subscription";
import { requireSale, saleLines } from "./sale";

/** What a change comes to, as Stripe computes it; shown before it is confirmed, and held to. */
export type ChangeQuote = {
  from: Price;
  to: Price;
  when: ChangeTime;
  quantity: number;
  /** Paid when it is confirmed; nothing for a change that waits, or while on trial. */
  due: Money;
  /** What comes back as credit for later invoices, where the change is worth less than what is left. */
  credit: Money;
  lines: { text: string; amount: Money }[];
  /** What the first charge after that is, and when. */
  next: { amount: Money; at: Date };
  /** The moment that Stripe counts from, in its seconds; null where nothing is prorated. */
  prorationDate: number | null;
  /** Names all of the above: what is confirmed must be what was shown. */
  token: string;
};

type Update = Pick<Stripe.SubscriptionUpdateParams, "proration_behavior"> & {
  items: { id: string; price: string; quantity: number }[];
};

/** What was chosen, with the ids at Stripe. */
export type Choice = {
  from: Price;
  to: Price;
  when: ChangeTime;
  update: Update;
  item: OwnSubscription["items"][number];
};

/**
 * Whether the catalogue and the state of the plan allow this change. Throws unknown_price, price_mismatch,
 * same_price, change_not_offered, plan_not_running, plan_ending, change_waiting, managed_elsewhere.
 */
export async function requireChoice(
  own: OwnSubscription,
  lookupKey: string,
): Promise<Choice> {
  if (!isRunning(own)) throw new AppError("plan_not_running");
  if (isEnding(own)) throw new AppError("plan_ending");
  if (own.schedule && !own.schedule.ours)
    throw new AppError("managed_elsewhere");
  if (own.pendingChange || own.schedule?.next)
    throw new AppError("change_waiting");
  const item = planItem(own);
  const from = item && priceOfItem(item);
  // Pending updates, which hold a change back until it is paid, know automatic collection only.
  if (!from || own.collectionMethod !== "charge_automatically")
    throw new AppError("change_not_offered");
  const sale = await requireSale(own, [{ priceId: lookupKey }]);
  const to = sale.items[0]?.price;
  if (!to || to.lookupKey === from.lookupKey)
    throw new AppError("same_price", { param: "priceId" });
  const when = changeTime(from, to);
  if (!when) throw new AppError("change_not_offered", { param: "priceId" });
  const [line] = await saleLines(sale);
  // What staff offered one tenant becomes a price at Stripe only when it is sold, by Checkout.
  if (!line || !("price" in line)) throw new AppError("change_not_offered");
  const { price } = line;
  const quantity = await quantityFor(own.tenantId, to);
  return {
    from,
    to,
    // On trial nothing is paid yet, so nothing has to run out first.
    when: own.status === "trialing" ? "now" : when,
    item,
    update: {
      items: [{ id: item.id, price, quantity }],
      proration_behavior: "always_invoice",
    },
  };
}

/** Asks Stripe what the change comes to, counted from `prorationDate` or, first, from its own now. */
export async function quoteChange(
  own: OwnSubscription,
  choice: Choice,
  prorationDate: number | null,
): Promise<ChangeQuote> {
  const priced =
    choice.when === "now"
      ? await quoteNow(own, choice, prorationDate)
      : quoteLater(own, choice);
  const { from, to, when, update } = choice;
  const quantity = update.items[0]?.quantity ?? 1;
  const quote = { from, to, when, quantity, ...priced };
  return { ...quote, token: tokenOf(own, choice, quote) };
}

/** The moment from which Stripe would count now, by its own clock; null where nothing is prorated. */
export async function currentProrationDate(
  own: OwnSubscription,
  { update }: Choice,
): Promise<number | null> {
  return dateOf(await preview(own, update, null));
}

async function quoteNow(
  own: OwnSubscription,
  { update }: Choice,
  prorationDate: number | null,
) {
  const { currency } = own;
  const money = (amount: number): Money => ({
    amount: BigInt(amount),
    currency,
  });
  const [bill, renewal] = await Promise.all([
    preview(own, update, prorationDate),
    preview(own, { ...update, proration_behavior: "none" }, null),
  ]);
  const next = {
    amount: money(renewal.total),
    at: fromUnix(renewal.period_end),
  };
  if (own.status === "trialing")
    return {
      due: money(0),
      credit: money(0),
      lines: [],
      next,
      prorationDate: null,
    };
  return {
    due: money(bill.amount_due),
    credit: money(Math.max(0, -bill.total)),
    lines: bill.lines.data.map(({ description, amount }) => ({
      text: description ?? "",
      amount: money(amount),
    })),
    next,
    prorationDate: dateOf(bill),
  };
}

function quoteLater(own: OwnSubscription, { to, item, update }: Choice) {
  const { currency } = own;
  const zero = { amount: 0n, currency };
  const quantity = BigInt(update.items[0]?.quantity ?? 1);
  return {
    due: zero,
    credit: zero,
    lines: [],
    next: {
      amount: { amount: to.amount * quantity, currency },
      at: item.currentPeriodEnd,
    },
    prorationDate: null,
  };
}

function preview(
  own: OwnSubscription,
  update: Update,
  prorationDate: number | null,
): Promise<Stripe.Invoice> {
  return stripe().invoices.createPreview({
    subscription: own.id,
    subscription_details: {
      ...update,
      ...(prorationDate !== null && { proration_date: prorationDate }),
    },
  });
}

function dateOf({ parent }: Stripe.Invoice): number | null {
  return parent?.subscription_details?.subscription_proration_date ?? null;
}

function tokenOf(
  own: OwnSubscription,
  { item, update }: Choice,
  quote: Omit<ChangeQuote, "token">,
): string {
  const { due, credit, next, when, prorationDate } = quote;
  const facts = [
    own.id,
    item.priceId,
    item.quantity,
    update.items,
    when,
    String(due.amount),
    String(credit.amount),
    String(next.amount.amount),
    next.at.getTime(),
    due.currency,
    prorationDate,
  ];
  return createHash("sha256").update(JSON.stringify(facts)).digest("base64url");
}
