import { z } from "zod";

const moment = z.iso.datetime().transform((text) => new Date(text));
/** Minor units, as text: JSON knows no bigint. */
const amount = z.string().transform(BigInt);

const terms = z.object({
  currency: z.string(),
  items: z.array(
    z.object({
      productId: z.string(),
      quantity: z.int(),
      /** For one, in one interval; null where the price has no single amount. */
      unitAmount: amount.nullable(),
      interval: z.string().nullable(),
      intervalCount: z.int(),
    }),
  ),
});

/** What a subscription is for and what it costs, before discounts and tax. */
export type Terms = z.output<typeof terms>;

const customerId = z.string().nullable();
const ofInvoice = z.object({ invoiceId: z.string(), customerId });
const ofRefund = z.object({ refundId: z.string(), customerId });
const ofSubscription = z.object({ subscriptionId: z.string(), customerId });

const receiptLine = z.object({
  productId: z.string().nullable(),
  description: z.string().nullable(),
  amount,
  /** The same moment twice for what has no period. */
  from: moment,
  until: moment,
});
export type ReceiptLine = z.output<typeof receiptLine>;

/**
 * What each kind of mail is about. Ids where the row keeps the fact; the fact itself where a later change
 * would overwrite it.
 */
export const mailPayloads = {
  "mail.receipt": ofInvoice.extend({
    paidAt: moment,
    lines: z.array(receiptLine),
  }),
  "mail.order_receipt": z.object({ orderId: z.string(), customerId }),
  "mail.payment_failed": ofInvoice.extend({ attempt: z.int() }),
  "mail.action_required": ofInvoice.extend({ attempt: z.int() }),
  "mail.trial_ending": ofSubscription.extend({ trialEnd: moment }),
  "mail.plan_changed": ofSubscription.extend({
    from: terms,
    to: terms,
    since: moment,
  }),
  "mail.ending": ofSubscription.extend({ terms, endsAt: moment }),
  "mail.ended": ofSubscription.extend({
    terms,
    endedAt: moment,
    unpaid: z.boolean(),
  }),
  /** Of two plans that were paid, the later one is cancelled and refunded. */
  "mail.doubled": ofSubscription.extend({
    productIds: z.array(z.string()),
    keptProductIds: z.array(z.string()),
    refunded: amount,
    currency: z.string(),
  }),
  /** Staff ask for it. `confirms`: the bank wants to ask the buyer. */
  "mail.payment_asked": z.object({
    chargeIntentId: z.string(),
    paymentId: z.string(),
    customerId,
    confirms: z.boolean(),
  }),
  "mail.refunded": ofRefund,
  "mail.refund_failed": ofRefund,
  "mail.invitation": z.object({ invitationId: z.string() }),
} as const;

export type MailKind = keyof typeof mailPayloads;
export type MailPayload<Kind extends MailKind> = z.output<
  (typeof mailPayloads)[Kind]
>;

/** A mail that a fact asks for: once for its kind and cause. */
export type MailRequest = {
  [Kind in MailKind]: {
    kind: Kind;
    cause: string;
    payload: z.input<(typeof mailPayloads)[Kind]>;
  };
}[MailKind];

export function isMailKind(kind: string): kind is MailKind {
  return Object.hasOwn(mailPayloads, kind);
}
