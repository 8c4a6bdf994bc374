import { z } from "zod";
import { listOf } from "@/lib/platform/newest-first";

// What programs get: each object of the API, as it stands in JSON. Money is minor units as text, because they may
// be larger than JSON's numbers; a moment is ISO 8601.

const moment = z.iso.datetime();
const minorUnits = z.string().regex(/^-?\d+$/);
const currency = z.string().regex(/^[a-z]{3}$/);

const card = z
  .strictObject({
    brand: z.string(),
    last4: z.string(),
    expMonth: z.int(),
    expYear: z.int(),
  })
  .meta({ id: "Card" });

export const checkoutAnswer = z
  .strictObject({
    id: z.string(),
    status: z.enum(["open", "complete", "expired"]),
    paymentStatus: z.string(),
    total: z.string().nullable(),
    url: z.url().nullable(),
    expiresAt: moment,
    secondsLeft: z.int(),
  })
  .meta({ id: "Checkout" });

export const openCheckoutAnswer = z
  .strictObject({ id: z.string(), url: z.url(), expiresAt: moment })
  .meta({ id: "OpenCheckout" });

export const embeddedCheckoutAnswer = z
  .strictObject({
    id: z.string(),
    clientSecret: z.string(),
    publishableKey: z.string(),
    expiresAt: moment,
  })
  .meta({ id: "EmbeddedCheckout" });

export const urlAnswer = z.strictObject({ url: z.url() });

export const customerAnswer = z
  .strictObject({
    id: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    description: z.string().nullable(),
    locale: z.string().nullable(),
    address: z.unknown().meta({ description: "In Stripe’s names." }),
    taxIds: z.unknown().meta({ description: "In Stripe’s names." }),
    defaultPaymentMethod: z.string().nullable(),
    card: card.nullable(),
    balance: z.int().meta({ description: "Minor units; negative is credit." }),
    createdAt: moment,
  })
  .meta({ id: "Customer" });

export const deletedAnswer = z.strictObject({
  id: z.string(),
  deleted: z.boolean(),
});

const waitingItem = z.strictObject({
  priceId: z.string(),
  productId: z.string(),
  quantity: z.int(),
  unitAmount: minorUnits.nullable(),
  interval: z.string().nullable(),
});

export const subscriptionAnswer = z
  .strictObject({
    id: z.string(),
    status: z.string(),
    currency,
    items: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        priceId: z.string(),
        quantity: z.int().nullable(),
        unitAmount: minorUnits.nullable(),
        interval: z.string().nullable(),
        currentPeriodEnd: moment,
      }),
    ),
    cancelAt: moment.nullable(),
    cancelAtPeriodEnd: z.boolean(),
    endedAt: moment.nullable(),
    trialEnd: moment.nullable(),
    latestInvoiceId: z.string().nullable(),
    plannedChange: z
      .strictObject({ at: moment, items: z.array(waitingItem) })
      .nullable(),
    pendingChange: z
      .strictObject({ expiresAt: moment, items: z.array(waitingItem) })
      .nullable(),
    collectionPaused: z
      .strictObject({ behavior: z.string(), resumesAt: moment.nullable() })
      .nullable(),
    createdAt: moment,
  })
  .meta({ id: "Subscription" });

/** What a command on a plan answers. */
export function planAnswer<State extends string>(...states: State[]) {
  return z.strictObject({
    state: z.enum(states),
    subscriptionId: z.string(),
    invoiceId: z.string().nullable().optional().meta({
      description: "The invoice that the plan waits for.",
    }),
    location: z.string().optional().meta({
      description: "Where a person pays or confirms it.",
    }),
  });
}

export const quoteAnswer = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    when: z.enum(["now", "period_end"]),
    quantity: z.int(),
    currency,
    due: minorUnits,
    credit: minorUnits,
    lines: z.array(z.strictObject({ text: z.string(), amount: minorUnits })),
    next: z.strictObject({ amount: minorUnits, at: moment.nullable() }),
    prorationDate: z.int().nullable(),
    quote: z.string(),
  })
  .meta({ id: "Quote" });

export const invoiceAnswer = z
  .strictObject({
    id: z.string(),
    number: z.string().nullable(),
    status: z.string().nullable(),
    reason: z.string().nullable(),
    customerId: z.string(),
    subscriptionId: z.string().nullable(),
    currency,
    total: minorUnits,
    amountDue: minorUnits,
    amountPaid: minorUnits,
    attemptCount: z.int(),
    actionRequired: z.boolean(),
    nextAttemptAt: moment.nullable(),
    hostedInvoiceUrl: z.url().nullable(),
    invoicePdf: z.url().nullable(),
    createdAt: moment,
  })
  .meta({ id: "Invoice" });

export const invoicePaidAnswer = z.strictObject({
  state: z.enum(["paid", "confirm"]),
  invoiceId: z.string(),
  location: z.string(),
});

export const confirmationAnswer = z
  .strictObject({
    clientSecret: z.string(),
    publishableKey: z.string(),
    script: z.url(),
  })
  .meta({ id: "Confirmation" });

export const purchaseAnswer = z
  .strictObject({
    id: z.string(),
    status: z.enum(["pending", "paid", "failed"]),
    checkoutSessionId: z.string().nullable(),
    description: z.string().nullable(),
    lines: z.array(
      z.strictObject({
        productId: z.string(),
        priceId: z.string(),
        quantity: z.int(),
        amount: minorUnits,
      }),
    ),
    currency,
    amountTotal: minorUnits,
    paymentIntentId: z.string().nullable(),
    receiptUrl: z.url().nullable(),
    paidAt: moment.nullable(),
    createdAt: moment,
  })
  .meta({ id: "Purchase" });

export const paymentBegunAnswer = z
  .strictObject({
    id: z.string(),
    clientSecret: z.string(),
    publishableKey: z.string(),
  })
  .meta({ id: "PaymentBegun" });

export const paymentAnswer = z
  .strictObject({
    id: z.string(),
    status: z.string(),
    currency,
    amount: minorUnits,
    amountCaptured: minorUnits,
    amountRefunded: minorUnits,
    description: z.string().nullable(),
    card: card.nullable(),
    failure: z
      .strictObject({
        code: z.string(),
        declineCode: z.string().nullable(),
        message: z.string(),
      })
      .nullable(),
    receiptUrl: z.url().nullable(),
    createdAt: moment,
  })
  .meta({ id: "Payment" });

/** What a command on a payment answers. */
export function paymentStateAnswer<State extends string>(...states: State[]) {
  return z.strictObject({
    id: z.string(),
    state: z.enum(states),
    location: z.string().optional().meta({
      description: "Where a person goes on: their bank, or the payment’s page.",
    }),
  });
}

export const refundAnswer = z
  .strictObject({
    id: z.string(),
    paymentId: z.string(),
    amount: minorUnits,
    currency,
    status: z.string().nullable(),
    reason: z.string().nullable(),
    failureReason: z.string().nullable(),
    invoiceId: z.string().nullable(),
    creditNoteId: z.string().nullable(),
    createdAt: moment,
  })
  .meta({ id: "Refund" });

const paymentMethodAnswer = z
  .strictObject({
    id: z.string(),
    type: z.string(),
    card: card.nullable(),
    isUsed: z.boolean(),
    paysPlan: z.boolean(),
    isExpired: z.boolean(),
    expiresSoon: z.boolean(),
  })
  .meta({ id: "PaymentMethod" });

const priceAnswer = z
  .strictObject({
    lookupKey: z.string(),
    productId: z.string(),
    productName: z.string(),
    amount: minorUnits,
    currency,
    interval: z.enum(["month", "year"]).nullable(),
    minQuantity: z.int(),
    maxQuantity: z.int(),
    trialDays: z.int().nullable(),
    offer: z.string().nullable(),
  })
  .meta({ id: "Price" });

export const customerListAnswer = listOf(customerAnswer);
export const subscriptionListAnswer = listOf(subscriptionAnswer);
export const invoiceListAnswer = listOf(invoiceAnswer);
export const purchaseListAnswer = listOf(purchaseAnswer);
export const paymentMethodListAnswer = listOf(paymentMethodAnswer);
export const priceListAnswer = listOf(priceAnswer);

export const refundListAnswer = listOf(refundAnswer);
export const paymentListAnswer = listOf(paymentAnswer);
