import type { Context } from "../context";
import { nulls } from "../contract/nulls";
import { invalidRequest } from "../errors";
import { emit } from "../events";
import { given } from "../given";
import { newId } from "../ids";
import { listing, requireOne, retrieval } from "../lookup";
import { mergeMetadata } from "../metadata";
import type { Charge, Dispute } from "../objects";
import { operation } from "../operation";
import { recordMovement } from "./balance-transactions";

const FEE = 1500;
const DAYS_TO_ANSWER = 9;
const OPEN: Dispute["status"][] = ["needs_response", "warning_needs_response"];

/** Test cards whose owner turns to the bank right after paying. */
const REASONS: Record<string, { reason: string; inquiry?: true }> = {
  "4000000000000259": { reason: "fraudulent" },
  "4000000000002685": { reason: "product_not_received" },
  "4000000000001976": { reason: "fraudulent", inquiry: true },
};

/** Notes the dispute that this card is known to make; it is opened after the payment's own events. */
export function noteDispute(ctx: Context, charge: Charge): void {
  const card = ctx.store.get("card_number", charge.payment_method ?? "");
  if (!card || !REASONS[card.number]) return;
  ctx.store.put("alarm", {
    id: `${charge.id} dispute`,
    at: ctx.clock.now(),
    of: charge.id,
    rings: "dispute",
    test_clock: null,
  });
}

/** As its card is known to do, or as another number would; a charge is disputed once. */
export function openDispute(ctx: Context, id: string, as?: string): void {
  const charge = ctx.store.get("charge", id);
  const card = ctx.store.get("card_number", charge?.payment_method ?? "");
  const kind = REASONS[as ?? card?.number ?? ""];
  if (!charge || charge.dispute || charge.refunded || !kind) return;
  const dispute: Dispute = {
    ...nulls("Dispute"),
    id: newId("du"),
    object: "dispute",
    amount: charge.amount_captured - charge.amount_refunded,
    balance_transactions: [],
    charge: charge.id,
    created: ctx.clock.now(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: { ...nulls("Dispute.Evidence"), enhanced_evidence: {} },
    evidence_details: {
      due_by: ctx.clock.now() + DAYS_TO_ANSWER * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    is_charge_refundable: kind.inquiry ?? false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: kind.reason,
    status: kind.inquiry ? "warning_needs_response" : "needs_response",
  };
  const disputed = { ...charge, dispute: dispute.id, disputed: true };
  ctx.store.put("charge", disputed);
  emit(ctx, "charge.updated", disputed, charge);
  ctx.store.put("dispute", dispute);
  emit(ctx, "charge.dispute.created", dispute);
  if (!kind.inquiry) withdraw(ctx, dispute);
}

/** Takes the money away until it is decided whose it is, and Stripe's fee for good. */
function withdraw(ctx: Context, before: Dispute): Dispute {
  const dispute = move(ctx, before, {
    amount: -before.amount,
    fee: FEE,
    description: "Chargeback withdrawal",
  });
  emit(ctx, "charge.dispute.funds_withdrawn", dispute);
  return dispute;
}

function move(
  ctx: Context,
  before: Dispute,
  {
    amount,
    fee,
    description,
  }: { amount: number; fee: number; description: string },
): Dispute {
  const { currency, charge: source } = before;
  const category = amount < 0 ? "dispute" : "dispute_reversal";
  const movement = {
    amount,
    currency,
    description,
    fee,
    reporting_category: category,
    source,
    type: "adjustment" as const,
  };
  const balance_transactions = [
    ...before.balance_transactions,
    recordMovement(ctx, movement),
  ];
  const dispute = { ...before, balance_transactions };
  ctx.store.put("dispute", dispute);
  return dispute;
}

function close(
  ctx: Context,
  before: Dispute,
  status: "lost" | "warning_closed" | "won",
): Dispute {
  const closed = put(ctx, before, { status });
  emit(ctx, "charge.dispute.closed", closed);
  if (status !== "won") return closed;
  const won = move(ctx, closed, {
    amount: closed.amount,
    fee: 0,
    description: "Chargeback reversal",
  });
  emit(ctx, "charge.dispute.funds_reinstated", won);
  return won;
}

function put(
  ctx: Context,
  before: Dispute,
  changes: Partial<Dispute>,
): Dispute {
  const dispute = { ...before, ...changes };
  ctx.store.put("dispute", dispute);
  emit(ctx, "charge.dispute.updated", dispute, before);
  return dispute;
}

export const disputeOperations = [
  retrieval("disputes.retrieve", "dispute"),
  operation("disputes.update", {
    built: `metadata submit ${Object.keys(nulls("Dispute.Evidence"))
      .map((name) => `evidence.${name}`)
      .join(" ")}`,
    run(ctx, params, [id]) {
      const before = requireOne(ctx, "dispute", id, { param: "dispute" });
      const {
        enhanced_evidence: _none,
        appeal: _appeal,
        ...sent
      } = params.evidence ?? {};
      if (params.evidence && !OPEN.includes(before.status))
        throw invalidRequest("This dispute is already closed.", {
          param: "evidence",
        });
      const evidence = { ...before.evidence, ...given(sent) };
      const submits = params.submit !== false && params.evidence !== undefined;
      const dispute = put(ctx, before, {
        evidence,
        evidence_details: {
          ...before.evidence_details,
          has_evidence:
            before.evidence_details.has_evidence ||
            params.evidence !== undefined,
          ...(submits && {
            submission_count: before.evidence_details.submission_count + 1,
            submission_method: "manual" as const,
          }),
        },
        metadata: mergeMetadata(before.metadata, params.metadata),
        ...(submits && {
          status:
            before.status === "warning_needs_response"
              ? ("warning_under_review" as const)
              : ("under_review" as const),
        }),
      });
      return submits ? decide(ctx, dispute) : dispute;
    },
  }),
  operation("disputes.close", {
    run(ctx, _params, [id]) {
      const dispute = requireOne(ctx, "dispute", id, { param: "dispute" });
      if (!OPEN.includes(dispute.status))
        throw invalidRequest("This dispute is already closed.");
      return close(
        ctx,
        dispute,
        dispute.status === "needs_response" ? "lost" : "warning_closed",
      );
    },
  }),
  listing("disputes.list", "dispute", {
    url: "/v1/disputes",
    filters: "created charge payment_intent",
  }),
];

/** Stripe's test evidence says how the bank decides; any other leaves the dispute under review. */
function decide(ctx: Context, dispute: Dispute): Dispute {
  const inquiry = dispute.status === "warning_under_review";
  switch (dispute.evidence.uncategorized_text ?? "") {
    case "winning_evidence":
      return close(ctx, dispute, inquiry ? "warning_closed" : "won");
    case "losing_evidence":
      return close(ctx, dispute, inquiry ? "warning_closed" : "lost");
    case "escalate_inquiry_evidence":
      return inquiry
        ? withdraw(ctx, put(ctx, dispute, { status: "needs_response" }))
        : dispute;
    default:
      return dispute;
  }
}
