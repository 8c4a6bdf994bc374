import type Stripe from "stripe";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { syncPayment } from "@/lib/sync/payment";
import type { Payment } from "@/prisma/client/client";
import { refusalOf } from "./refusal";

/** `confirm`: the buyer's bank wants to ask the buyer. `under_way`: the bank will take days. */
export type PaymentState = "paid" | "confirm" | "under_way";

/** The tenant's own payment. Throws not_found. */
export async function requirePayment(
  { tenantId }: { tenantId: string },
  id: string,
): Promise<Payment> {
  const where = { tenantId, id, livemode: livemode() };
  const payment = await tenantDb({ tenantId }, (tx) =>
    tx.payment.findFirst({ where }),
  );
  if (!payment) throw new AppError("not_found");
  return payment;
}

/** The same as Stripe has it now. */
export async function freshPayment(
  ctx: TenantContext,
  id: string,
): Promise<Payment> {
  await syncPayment(id, ctx);
  return requirePayment(ctx, id);
}

/** How far it has come; null while it waits for a card. Throws payment_closed for what was called off. */
export function stateOf({ status }: Pick<Payment, "status">) {
  switch (status) {
    case "succeeded":
      return "paid" satisfies PaymentState;
    case "processing":
    case "requires_capture":
      return "under_way" satisfies PaymentState;
    case "requires_action":
      return "confirm" satisfies PaymentState;
    case "canceled":
      throw new AppError("payment_closed");
    default:
      return null;
  }
}

/**
 * One attempt at the money of a payment that exists: so that a second one after an unknown outcome finds the first
 * one's. What became of it is stored before this answers. Throws a refused card as Stripe threw it, and
 * payment_refused.
 */
export async function attempt(
  ctx: TenantContext,
  input: {
    paymentId: string;
    params: Stripe.PaymentIntentConfirmParams;
    key: { idempotencyKey: string };
  },
): Promise<PaymentState> {
  const { paymentId: id, params, key } = input;
  const refusal = await refusalOf(() =>
    stripe().paymentIntents.confirm(id, params, key),
  );
  const state = stateOf(await freshPayment(ctx, id));
  if (state) return state;
  throw refusal ?? new Error(`payment ${id} was neither taken nor refused`);
}
