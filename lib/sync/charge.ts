import type Stripe from "stripe";
import { recordAudit } from "@/lib/audit/record";
import type { MailRequest } from "@/lib/emails/payload";
import type { Transaction } from "@/lib/platform/db";
import { fromUnix } from "@/lib/platform/time";
import type { ChargeIntent } from "@/prisma/client/client";
import { OrderStatus } from "@/prisma/client/enums";
import { addMails } from "./effect";
import { isNews } from "./news";
import { findOrder, putOrder, type OrderLine } from "./put-order";
import { idOf } from "./reference";
import type { SyncCause } from "./result";

type Stored = {
  intent: Stripe.PaymentIntent;
  charge: Stripe.Charge | null;
};

/**
 * What follows from a payment that was begun here, under its claim: it is tied to its intent row, its purchase is
 * recorded once its money has come, and people are told when only they can make it go on. Any other is none of ours.
 * False: somebody has changed what is charged, so that nothing is handed over for it; a person should look.
 */
export async function followCharge(
  tx: Transaction,
  { intent, charge }: Stored,
  { tenantId, cause }: { tenantId: string; cause: SyncCause },
): Promise<boolean> {
  const row = await ownIntent(tx, tenantId, intent);
  if (!row) return true;
  const { id } = row;
  if (!isAsAsked(row, intent)) return false;
  const ended = ["succeeded", "canceled"].includes(intent.status);
  await tx.chargeIntent.update({
    where: { tenantId_id: { tenantId, id } },
    data: {
      paymentId: intent.id,
      ...(ended && { closedAt: row.closedAt ?? new Date() }),
    },
  });
  if (row.paymentId === null) {
    const action = row.byStaff ? "charge.made" : "payment.began";
    const details = { amount: String(row.amount), currency: row.currency };
    const ctx = { tenantId, ...cause };
    await recordAudit(tx, ctx, action, intent.id, details);
  }
  const mails = chargeMails(row, intent);
  await addMails(tx, tenantId, mails);
  const of = { chargeIntentId: id };
  const status = orderStatuses.get(intent.status);
  // Nothing was bought by trying: only what is under way can fail.
  if (!status) return true;
  const known = await findOrder(tx, tenantId, of);
  if (status === OrderStatus.failed && !known) return true;
  await putOrder(tx, {
    tenantId,
    cause,
    of,
    status,
    hasReceipt: false,
    begunAt: fromUnix(intent.created),
    customerId: idOf(intent.customer),
    facts: {
      lines: row.lines as OrderLine[], // as they were sold
      description: row.description,
      currency: intent.currency,
      amountTotal: BigInt(intent.amount),
      paymentIntentId: intent.id,
    },
    receiptUrl: charge?.receipt_url ?? null,
  });
  return true;
}

/** The row that the payment names, if it is this tenant's and has no other payment: metadata can be copied. */
async function ownIntent(
  tx: Transaction,
  tenantId: string,
  { id: paymentId, metadata }: Stripe.PaymentIntent,
): Promise<ChargeIntent | null> {
  const id = metadata["intent_id"];
  if (!id) return null;
  const row = await tx.chargeIntent.findUnique({
    where: { tenantId_id: { tenantId, id } },
  });
  return row && (row.paymentId ?? paymentId) === paymentId ? row : null;
}

function isAsAsked(
  row: ChargeIntent,
  { amount, currency }: Stripe.PaymentIntent,
): boolean {
  return row.amount === BigInt(amount) && row.currency === currency;
}

const orderStatuses: ReadonlyMap<string, OrderStatus> = new Map([
  ["succeeded", OrderStatus.paid],
  ["processing", OrderStatus.pending],
  ["canceled", OrderStatus.failed],
  ["requires_payment_method", OrderStatus.failed],
]);

/**
 * When charging a saved card for staff has failed, people are told: once that it is to be paid, and once for each
 * time that only they can confirm it.
 */
function chargeMails(
  { id: chargeIntentId, byStaff, closedAt }: ChargeIntent,
  intent: Stripe.PaymentIntent,
): MailRequest[] {
  const failure = intent.last_payment_error;
  const waits = intent.status === "requires_payment_method";
  if (!byStaff || closedAt || !waits || !failure) return [];
  if (!isNews(fromUnix(intent.created))) return [];
  const confirms = failure.code === "authentication_required";
  const customerId = idOf(intent.customer);
  return [
    {
      kind: "mail.payment_asked",
      cause: confirms
        ? `${chargeIntentId}:${idOf(intent.latest_charge)}`
        : chargeIntentId,
      payload: { chargeIntentId, paymentId: intent.id, customerId, confirms },
    },
  ];
}
