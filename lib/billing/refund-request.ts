import { z } from "zod";
import type { ErrorCode } from "@/lib/platform/errors";
import { line, rowId } from "@/lib/platform/text";

/** Stripe's own, but for the one that it gives itself. */
export const refundReasons = [
  "requested_by_customer",
  "duplicate",
  "fraudulent",
] as const;
export type RefundReason = (typeof refundReasons)[number];

const amount = z.int().min(1).max(99_999_999).transform(BigInt);

/** Of POST /api/refunds: what an owner takes back, where the catalogue lets them. */
export const ownRefundRequest = z.strictObject({
  tenantId: rowId.optional(),
  paymentId: line(255),
  /** Minor units of the payment's currency; without it, all that is left. */
  amount: amount.optional(),
  /** The same as a person writes it, in the payment's currency: "12.50". */
  written: line(16).optional(),
  /** Where the session is older than 15 minutes. */
  password: z.string().min(1).max(128).optional(),
  requestKey: line(255).optional(),
});

/** Of POST /api/admin/tenants/{tenantId}/refunds: what staff give back. */
export const refundRequest = ownRefundRequest.extend({
  tenantId: rowId,
  reason: z.enum(refundReasons).default("requested_by_customer"),
  /** Kept at Stripe, for whoever reads it there. Our own names cannot be set. */
  metadata: z
    .record(
      z.string().regex(/^(?!turnpike_|(tenant|request)_id$)[\w-]{1,40}$/),
      line(500),
    )
    .refine((record) => Object.keys(record).length <= 20)
    .optional(),
});

/** What a refund can meet, whoever asks for it. */
export const refundRefusals = [
  "payment_not_refundable",
  "payment_disputed",
  "already_refunded",
  "exceeds_refundable",
  "amount_malformed",
  "refund_in_progress",
  "refund_refused",
  "idempotency_key_missing",
  "idempotency_mismatch",
  "outcome_unknown",
] as const satisfies readonly ErrorCode[];

export type RefundWish = {
  paymentId: string;
  amount?: bigint | undefined;
  written?: string | undefined;
  reason: RefundReason;
  metadata?: Record<string, string> | undefined;
};
