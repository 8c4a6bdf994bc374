import { z } from "zod";
import type { Transaction } from "@/lib/platform/db";
import type { Mail } from "@/lib/platform/mail";
import type { Order } from "@/prisma/client/client";
import { actionRequired } from "./action-required";
import { doubled } from "./doubled";
import { ended } from "./ended";
import { ending } from "./ending";
import type { About } from "./parts/about";
import {
  mailPayloads,
  type MailKind,
  type MailPayload,
  type Terms,
} from "./payload";
import { paymentAsked } from "./payment-asked";
import { paymentFailed } from "./payment-failed";
import { planChanged } from "./plan-changed";
import { receipt } from "./receipt";
import { failedRefundMail, refundMail } from "./refund-mails";
import { trialEnding } from "./trial-ending";

export type BillingMailKind = Exclude<MailKind, "mail.invitation">;

/**
 * The mail that an effect asks for, from the rows as they are now. Null where it is no longer true: what
 * was paid meanwhile has not failed, what was resumed does not end. Throws on a payload of another shape.
 */
export async function billingMail(
  tx: Transaction,
  effect: { tenantId: string; kind: BillingMailKind; payload: unknown },
  about: About,
): Promise<Mail | null> {
  const { tenantId, kind, payload } = effect;
  switch (kind) {
    case "mail.receipt":
      return receiptMail(
        tx,
        tenantId,
        mailPayloads[kind].parse(payload),
        about,
      );
    case "mail.order_receipt":
      return orderMail(tx, tenantId, mailPayloads[kind].parse(payload), about);
    case "mail.payment_failed": {
      const unpaid = await unpaidInvoice(
        tx,
        tenantId,
        mailPayloads[kind].parse(payload),
      );
      return unpaid && paymentFailed(about, unpaid);
    }
    case "mail.action_required": {
      const unpaid = await unpaidInvoice(
        tx,
        tenantId,
        mailPayloads[kind].parse(payload),
      );
      return unpaid && actionRequired(about, unpaid);
    }
    case "mail.trial_ending":
      return trialMail(tx, tenantId, mailPayloads[kind].parse(payload), about);
    case "mail.plan_changed":
      return planChanged(about, mailPayloads[kind].parse(payload));
    case "mail.ending":
      return endingMail(tx, tenantId, mailPayloads[kind].parse(payload), about);
    case "mail.ended": {
      const given = mailPayloads[kind].parse(payload);
      const cause = given.subscriptionId;
      const undone = await tx.effect.count({
        where: { tenantId, kind: "mail.doubled", cause },
      });
      return undone > 0 ? null : ended(about, given); // its own mail tells more
    }
    case "mail.doubled":
      return doubledMail(
        tx,
        tenantId,
        mailPayloads[kind].parse(payload),
        about,
      );
    case "mail.payment_asked":
      return askedMail(tx, tenantId, mailPayloads[kind].parse(payload), about);
    case "mail.refunded":
      return refundMail(tx, tenantId, mailPayloads[kind].parse(payload), about);
    case "mail.refund_failed": {
      const given = mailPayloads[kind].parse(payload);
      return failedRefundMail(tx, tenantId, given, about);
    }
  }
}

async function receiptMail(
  tx: Transaction,
  tenantId: string,
  { invoiceId, paidAt, lines }: MailPayload<"mail.receipt">,
  about: About,
): Promise<Mail> {
  const invoice = await getInvoice(tx, tenantId, invoiceId);
  return receipt(about, {
    total: { amount: invoice.total, currency: invoice.currency },
    paid: invoice.amountPaid,
    number: invoice.number,
    url: invoice.hostedInvoiceUrl,
    paidAt,
    lines,
  });
}

const orderLines = z.array(
  z.object({ productId: z.string(), quantity: z.int(), amount: z.int() }),
);

async function orderMail(
  tx: Transaction,
  tenantId: string,
  { orderId }: MailPayload<"mail.order_receipt">,
  about: About,
): Promise<Mail> {
  const order = await tx.order.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: orderId } },
  });
  const paidAt = order.paidAt ?? order.createdAt;
  return receipt(about, {
    total: { amount: order.amountTotal, currency: order.currency },
    paid: order.amountTotal,
    paidAt,
    number: null,
    url: order.receiptUrl,
    lines: receiptLines(order).map((line) => ({
      ...line,
      from: paidAt,
      until: paidAt,
    })),
  });
}

/** What staff asked for has no products, only their words. */
function receiptLines({ lines, description, amountTotal }: Order) {
  const sold = orderLines.parse(lines).map(({ productId, amount }) => ({
    productId,
    description: null,
    amount: BigInt(amount),
  }));
  return sold.length > 0
    ? sold
    : [{ productId: null, description, amount: amountTotal }];
}

/** While it is still owed. */
async function askedMail(
  tx: Transaction,
  tenantId: string,
  given: MailPayload<"mail.payment_asked">,
  about: About,
): Promise<Mail | null> {
  const { chargeIntentId: id, paymentId, confirms } = given;
  const { closedAt, amount, currency, description } =
    await tx.chargeIntent.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id } },
    });
  if (closedAt) return null;
  const tenantUrl = about.billingUrl.replace(/\/billing$/, "");
  return paymentAsked(about, {
    due: { amount, currency },
    description,
    confirms,
    url: `${tenantUrl}/pay/${paymentId}`,
  });
}

/** The open invoice, unless it was tried again since: that attempt has its own mail. */
async function unpaidInvoice(
  tx: Transaction,
  tenantId: string,
  { invoiceId, attempt }: MailPayload<"mail.payment_failed">,
) {
  const invoice = await getInvoice(tx, tenantId, invoiceId);
  if (invoice.status !== "open" || invoice.attemptCount !== attempt)
    return null;
  return {
    due: { amount: invoice.amountDue, currency: invoice.currency },
    number: invoice.number,
    nextAttemptAt: invoice.nextAttemptAt,
    url: invoice.hostedInvoiceUrl,
  };
}

async function trialMail(
  tx: Transaction,
  tenantId: string,
  { subscriptionId, trialEnd }: MailPayload<"mail.trial_ending">,
  about: About,
): Promise<Mail | null> {
  const subscription = await getSubscription(tx, tenantId, subscriptionId);
  if (subscription.status !== "trialing") return null;
  if (subscription.cancelAt || !isSame(subscription.trialEnd, trialEnd))
    return null;
  const hasPaymentMethod = Boolean(
    subscription.defaultPaymentMethod ?? subscription.customer.defaultMethod,
  );
  return trialEnding(about, {
    terms: termsOf(subscription),
    trialEnd,
    hasPaymentMethod,
  });
}

async function endingMail(
  tx: Transaction,
  tenantId: string,
  { subscriptionId, terms, endsAt }: MailPayload<"mail.ending">,
  about: About,
): Promise<Mail | null> {
  const subscription = await getSubscription(tx, tenantId, subscriptionId);
  const still = isSame(subscription.cancelAt ?? subscription.endedAt, endsAt);
  return still ? ending(about, { terms, endsAt }) : null;
}

/** Asked for before it is cancelled, so that a crash between the two loses neither; told afterwards. */
async function doubledMail(
  tx: Transaction,
  tenantId: string,
  given: MailPayload<"mail.doubled">,
  about: About,
): Promise<Mail> {
  const { subscriptionId, refunded: amount, currency } = given;
  const { status } = await getSubscription(tx, tenantId, subscriptionId);
  if (status !== "canceled") throw new Error("not cancelled yet");
  return doubled(about, { ...given, refunded: { amount, currency } });
}

function isSame(a: Date | null, b: Date): boolean {
  return a?.getTime() === b.getTime();
}

function getInvoice(tx: Transaction, tenantId: string, id: string) {
  return tx.invoice.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id } },
  });
}

function getSubscription(tx: Transaction, tenantId: string, id: string) {
  return tx.subscription.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id } },
    include: { items: true, customer: true },
  });
}

function termsOf(row: {
  currency: string;
  items: {
    productId: string;
    quantity: number | null;
    unitAmount: bigint | null;
    interval: string | null;
    intervalCount: number | null;
  }[];
}): Terms {
  return {
    currency: row.currency,
    items: row.items.map((item) => ({
      productId: item.productId,
      quantity: item.quantity ?? 1,
      unitAmount: item.unitAmount,
      interval: item.interval,
      intervalCount: item.intervalCount ?? 1,
    })),
  };
}
