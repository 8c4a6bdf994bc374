import { atTime } from "../clock";
import type { Context } from "../context";
import type { Params } from "../contract/params";
import { invalidRequest, missingParam } from "../errors";
import { imagine } from "../imagine";
import { randomText } from "../ids";
import { priceAmount } from "./price-amount";
import type { Customer, Invoice, Subscription } from "../objects";
import { operation } from "../operation";
import { requireCustomer } from "./customers";
import { redeem, type DiscountParam } from "./discounts";
import { balanced, draftInvoice } from "./invoice-draft";
import { itemLines } from "./invoice-lines";
import { putInvoiceItem, takeItems } from "./pending-items";
import { requirePrice } from "./prices";
import { draftBill, putProrations } from "./subscription-bill";
import { planChange } from "./subscription-change";
import { nextPeriods } from "./subscription-cycle";
import { newSubscription } from "./subscription-new";
import { changeOf, periodStart } from "./subscription-update";
import { requireSubscription } from "./subscriptions";
import { onClockOf } from "./clock-of";

type Preview = Params<"invoices.createPreview">;

const PREVIEWABLE = `customer discounts preview_mode=next subscription invoice_items[].amount
  invoice_items[].currency invoice_items[].description invoice_items[].price invoice_items[].quantity
  subscription_details.billing_cycle_anchor.type=now|unchanged subscription_details.cancel_at_period_end
  subscription_details.items[].deleted subscription_details.items[].id
  subscription_details.items[].price subscription_details.items[].quantity
  subscription_details.proration_behavior subscription_details.proration_date
  subscription_details.trial_end`;

export const invoicePreviewOperation = operation("invoices.createPreview", {
  built: PREVIEWABLE,
  run(world, params) {
    const of = params.subscription
      ? requireSubscription(world, params.subscription, {
          param: "subscription",
          status: 400,
        })
      : null;
    const owner = params.customer ?? of?.customer;
    if (!owner) throw missingParam("customer");
    const customer = requireCustomer(world, owner);
    const ctx = onClockOf(world, customer);
    return imagine(ctx, () => {
      putExtras(ctx, customer, of, params.invoice_items ?? []);
      const discounts = params.discounts ?? undefined;
      const invoice = of
        ? nextInvoice(
            ctx,
            discounted(ctx, of, discounts),
            params.subscription_details ?? {},
          )
        : firstInvoice(ctx, customer, params.subscription_details?.items ?? []);
      const at = params.subscription_details?.proration_date;
      return shown(invoice, customer, at ?? ctx.clock.now());
    });
  },
});

/** The next renewal's invoice, if nothing changes until then. */
export function upcomingInvoice(ctx: Context, of: Subscription): Invoice {
  const customer = requireCustomer(ctx, of.customer);
  return imagine(ctx, () =>
    shown(nextInvoice(ctx, of, {}), customer, ctx.clock.now()),
  );
}

function discounted(
  ctx: Context,
  of: Subscription,
  asked: DiscountParam[] | undefined,
): Subscription {
  if (!asked) return of;
  const owner = { customer: of.customer, subscription: of.id };
  const discounts = redeem(ctx, asked, owner, { currency: of.currency });
  return { ...of, discounts: discounts.map(({ id }) => id) };
}

function putExtras(
  ctx: Context,
  customer: Customer,
  of: Subscription | null,
  extras: NonNullable<Preview["invoice_items"]>,
): void {
  for (const [at, extra] of extras.entries()) {
    const param = `invoice_items[${at}][price]`;
    const price = extra.price
      ? requirePrice(ctx, extra.price, { param, status: 400 })
      : null;
    const quantity = extra.quantity ?? 1;
    const now = ctx.clock.now();
    putInvoiceItem(ctx, {
      amount: price ? priceAmount(ctx, price, quantity) : (extra.amount ?? 0),
      currency: price?.currency ?? extra.currency ?? of?.currency ?? "usd",
      customer: customer.id,
      description: extra.description ?? null,
      parent: of && {
        subscription_details: { subscription: of.id },
        type: "subscription_details",
      },
      period: { start: now, end: now },
      quantity,
    });
  }
}

/** The invoice that a change makes at once, or the next renewal's, with what waits for it. */
function nextInvoice(
  ctx: Context,
  before: Subscription,
  details: NonNullable<Preview["subscription_details"]>,
): Invoice {
  const change = changeOf(ctx, before, details);
  const plan = change && planChange(ctx, before, change);
  const after = plan?.after ?? before;
  ctx.store.put("subscription", after);
  if (plan) putProrations(ctx, plan.prorations);
  if (plan?.bills)
    return draftBill(ctx, after, {
      items: plan.anew,
      billing_reason: "subscription_update",
      period_start: periodStart(before),
    });
  const ends = details.cancel_at_period_end ?? after.cancel_at !== null;
  if (ends || after.ended_at !== null || after.status === "paused")
    throw invalidRequest(
      `No upcoming invoices for customer: '${after.customer}'`,
      {
        code: "invoice_upcoming_none",
        status: 404,
      },
    );
  const end = Math.min(
    ...after.items.data.map((item) => item.current_period_end),
  );
  const later = atTime(ctx, end);
  const { next, begun } = nextPeriods(later, { ...after, status: "active" });
  return draftBill(later, next, {
    items: begun,
    billing_reason: "upcoming",
    period_start: periodStart(after),
    waits: true,
  });
}

function firstInvoice(
  ctx: Context,
  customer: Customer,
  asked: { price?: string; quantity?: number }[],
): Invoice {
  if (asked.length === 0) throw missingParam("subscription_details[items]");
  const items = asked.map(({ price: id, quantity = 1 }, at) => {
    const param = `subscription_details[items][${at}][price]`;
    if (!id) throw missingParam(param);
    return { price: requirePrice(ctx, id, { param, status: 400 }), quantity };
  });
  const subscription = newSubscription(ctx, {
    customer,
    default_payment_method: null,
    payer: null,
    items,
    once: [],
    billing_mode: "flexible",
    description: null,
    metadata: {},
    missing_payment_method: "create_invoice",
    trial_end: null,
  });
  const id = "preview";
  const extras = ctx.store
    .all("invoice_item", { index: "pending", key: customer.id })
    .filter((item) => item.parent === null);
  return draftInvoice(ctx, {
    id,
    customer,
    subscription,
    lines: [...takeItems(ctx, id, extras), ...itemLines(ctx, id, subscription)],
    billing_reason: "upcoming",
  });
}

/** Where it previews prorations, it names the moment they are counted from. */
function shown(invoice: Invoice, customer: Customer, at: number): Invoice {
  const id = `upcoming_in_1${randomText(23)}`;
  const data = invoice.lines.data.map((line) => ({ ...line, invoice: id }));
  const { parent } = invoice;
  const prorates = data.some(
    (line) =>
      line.parent?.invoice_item_details?.proration ??
      line.parent?.subscription_item_details?.proration,
  );
  return {
    ...balanced(invoice, customer.balance),
    id,
    parent: parent && {
      ...parent,
      subscription_details: {
        ...parent.subscription_details,
        ...(prorates && { subscription_proration_date: at }),
      },
    },
    ending_balance: null,
    lines: { ...invoice.lines, data, url: `/v1/invoices/${id}/lines` },
  };
}
