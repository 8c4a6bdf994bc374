import { checkExclusive, checkRange } from "../checks";
import type { Context } from "../context";
import { nulls } from "../contract/nulls";
import type { Params } from "../contract/params";
import { invalidRequest, missingParam } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import { listing, requireOne, retrieval } from "../lookup";
import { mergeMetadata } from "../metadata";
import { formatMoney } from "../money";
import type { Charge, Dispute, Refund } from "../objects";
import { operation } from "../operation";
import { recordMovement } from "./balance-transactions";

/** Cards whose refunds do not end well at once; the rest of a refund's life comes this much later. */
const PENDING_CARD = "4000000000007726";
const FAILING_CARD = "4000000000005126";
const LATER = 60;

/** While a bank has the money, and once it keeps it, none is left to give back. */
const CLAIMED_BACK: Dispute["status"][] = [
  "needs_response",
  "under_review",
  "lost",
];

/** Gives back all that is left of a charge, or part of it. */
export function refundCharge(
  ctx: Context,
  charge: Charge,
  asked: Pick<Params<"refunds.create">, "amount" | "reason"> & {
    metadata?: Record<string, string>;
  },
): Refund {
  const left = charge.amount_captured - charge.amount_refunded;
  const { amount = left, reason = null } = asked;
  const dispute = ctx.store.get("dispute", charge.dispute ?? "");
  if (dispute && CLAIMED_BACK.includes(dispute.status)) {
    throw invalidRequest(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      { code: "charge_disputed" },
    );
  }
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: "charge_already_refunded",
    });
  }
  if (amount > left) {
    const shown = (cents: number) => formatMoney(cents, charge.currency);
    throw invalidRequest(
      `Refund amount (${shown(amount)}) is greater than unrefunded amount on charge (${shown(left)})`,
      { param: "amount" },
    );
  }
  const number = ctx.store.get(
    "card_number",
    charge.payment_method ?? "",
  )?.number;
  const id = newId("re");
  const moved = moveBack(ctx, charge, { id, amount: -amount, type: "refund" });
  const refund: Refund = {
    ...nulls("Refund"),
    id,
    object: "refund",
    amount,
    balance_transaction: moved,
    charge: charge.id,
    created: ctx.clock.now(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: {
        reference_status: "pending",
        reference_type: "acquirer_reference_number",
        type: "refund",
      },
      type: "card",
    },
    metadata: asked.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason,
    status: number === PENDING_CARD ? "pending" : "succeeded",
  };
  ctx.store.put("refund", refund);
  if (number === PENDING_CARD || number === FAILING_CARD)
    ctx.store.put("alarm", {
      id: `${id} settles`,
      at: ctx.clock.now() + LATER,
      of: id,
      rings: "refund",
      test_clock: null,
    });
  emit(ctx, "refund.created", refund);
  changeRefunded(ctx, charge, amount, "charge.refunded");
  return refund;
}

/** What the bank says later of a refund that did not end at once. */
export function settleRefund(ctx: Context, id: string): void {
  const refund = ctx.store.get("refund", id);
  const charge = refund && ctx.store.get("charge", refund.charge);
  if (!charge) return;
  if (refund.status === "pending") {
    putRefund(ctx, refund, { status: "succeeded" });
    return;
  }
  const failure_balance_transaction = moveBack(ctx, charge, {
    id,
    amount: refund.amount,
    type: "refund_failure",
  });
  const failed = putRefund(ctx, refund, {
    failure_balance_transaction,
    failure_reason: "expired_or_canceled_card",
    status: "failed",
  });
  emit(ctx, "refund.failed", failed);
  changeRefunded(ctx, charge, -refund.amount, "charge.updated");
}

function putRefund(
  ctx: Context,
  before: Refund,
  changes: Partial<Refund>,
): Refund {
  const refund = { ...before, ...changes };
  ctx.store.put("refund", refund);
  emit(ctx, "refund.updated", refund, before);
  emit(ctx, "charge.refund.updated", refund, before);
  return refund;
}

function moveBack(
  ctx: Context,
  { currency }: Charge,
  {
    id,
    amount,
    type,
  }: { id: string; amount: number; type: "refund" | "refund_failure" },
): string {
  const description =
    type === "refund" ? "REFUND FOR CHARGE" : "REFUND FAILURE";
  const movement = {
    amount,
    currency,
    description,
    reporting_category: type,
    source: id,
    type,
  };
  return recordMovement(ctx, movement).id;
}

function changeRefunded(
  ctx: Context,
  before: Charge,
  by: number,
  event: "charge.refunded" | "charge.updated",
): void {
  const amount_refunded = before.amount_refunded + by;
  const charge = {
    ...before,
    amount_refunded,
    refunded: amount_refunded === before.amount_captured,
  };
  ctx.store.put("charge", charge);
  emit(ctx, event, charge, before);
}

export const refundOperations = [
  operation("refunds.create", {
    built: "amount charge metadata payment_intent reason",
    run(ctx, params) {
      checkExclusive(params, ["charge", "payment_intent"]);
      checkRange(params.amount, "amount", { min: 1 });
      return refundCharge(ctx, chargeOf(ctx, params), {
        ...params,
        metadata: mergeMetadata({}, params.metadata),
      });
    },
  }),
  retrieval("refunds.retrieve", "refund"),
  operation("refunds.update", {
    built: "metadata",
    run(ctx, params, [id]) {
      const before = requireOne(ctx, "refund", id, { param: "refund" });
      const metadata = mergeMetadata(before.metadata ?? {}, params.metadata);
      return putRefund(ctx, before, { metadata });
    },
  }),
  listing("refunds.list", "refund", {
    url: "/v1/refunds",
    filters: "created charge payment_intent",
  }),
];

function chargeOf(ctx: Context, params: Params<"refunds.create">): Charge {
  const { charge, payment_intent: intentId } = params;
  if (charge)
    return paidCharge(
      requireOne(ctx, "charge", charge, { param: "charge", status: 400 }),
    );
  if (!intentId) throw missingParam("payment_intent");
  const at = { param: "payment_intent", status: 400 as const };
  const intent = requireOne(ctx, "payment_intent", intentId, at);
  const found = ctx.store.get("charge", intent.latest_charge ?? "");
  if (found) return paidCharge(found);
  throw invalidRequest(
    `This PaymentIntent (${intentId}) does not have a successful charge to refund.`,
    at,
  );
}

function paidCharge(charge: Charge): Charge {
  if (charge.status === "succeeded" && charge.captured) return charge;
  throw invalidRequest(
    `This charge (${charge.id}) was not paid, so there is nothing to refund.`,
  );
}
