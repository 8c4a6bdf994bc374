import Stripe from "stripe";
import type { TenantContext } from "@/lib/platform/context";
import { limitBeginnings } from "@/lib/platform/declines";
import { AppError } from "@/lib/platform/errors";
import { holdToKey } from "@/lib/platform/idempotency";
import { isMissing, isUnknownOutcome, stripe } from "@/lib/platform/stripe";
import { after, hours, toUnix } from "@/lib/platform/time";
import { saveNewPayment, syncPayment } from "@/lib/sync/payment";
import { takeTicket } from "@/lib/sync/ticket";
import type { ChargeIntent } from "@/prisma/client/client";
import { endPayment } from "./cancel-payment";
import {
  claimCharge,
  keepChargeParams,
  keptParams,
  refuseCharge,
  reloadCharge,
  type Owed,
} from "./charge-intent";
import { createOrRetrieveCustomer, retireCustomer } from "./customers";
import { methodOptions } from "./method-params";
import { paymentIntentParams, type PaymentWish } from "./payment-intent-params";

/** Stripe forgets an idempotency key after a day or later; before that it answers with what it made. */
const keyIsGood = hours(20);

/**
 * A payment for what is owed, which nothing has been charged for yet: one for a request key, under any race or crash,
 * because its row's id is Stripe's key. Throws idempotency_key_missing, idempotency_mismatch, rate_limited, not_found,
 * unknown_price, payment_closed, payment_complete, customer_gone, outcome_unknown and Stripe's own no.
 */
export async function beginPayment(
  ctx: TenantContext,
  input: { owed: Owed; wish: PaymentWish; requestKey: string | null },
): Promise<Stripe.PaymentIntent> {
  const { owed, wish, requestKey } = input;
  if (requestKey === null) throw new AppError("idempotency_key_missing");
  const { due, ...rest } = owed;
  const fingerprint = JSON.stringify([
    { ...rest, ...due, amount: String(due.amount) },
    wish,
  ]);
  const route = owed.byStaff ? "charge" : "payment";
  await holdToKey(ctx, { route, key: requestKey, fingerprint });
  // Before the row is read: what others store of this payment after that is newer than a replayed answer of Stripe's.
  const ticket = await takeTicket();
  const charge = await claimCharge(ctx, { owed, requestKey });
  return obtain(ctx, { charge, wish, ticket });
}

async function obtain(
  ctx: TenantContext,
  {
    charge,
    wish,
    ticket,
  }: { charge: ChargeIntent; wish: PaymentWish; ticket: bigint },
): Promise<Stripe.PaymentIntent> {
  if (charge.paymentId) return retrieve(charge.paymentId);
  const params =
    keptParams(charge) ??
    (await keepChargeParams(ctx, charge, await prepare(ctx, charge, wish)));
  const made = isOld(charge) ? await findMade(charge, params) : null;
  if (made) {
    await syncPayment(made.id, ctx);
    return made;
  }
  const intent = await ask(ctx, charge, params);
  const { tenantId } = ctx;
  await saveNewPayment(intent, { tenantId, ticket, cause: ctx });
  const { closedAt } = await reloadCharge(ctx, charge);
  if (!closedAt || intent.status === "succeeded") return intent;
  // Its price was withdrawn, or its workspace closed, while Stripe was asked: nobody may pay it.
  await endPayment(ctx, intent.id, { idempotencyKey: `retire:${charge.id}` });
  throw new AppError("payment_closed");
}

async function prepare(
  ctx: TenantContext,
  { id: intentId, amount, currency }: ChargeIntent,
  wish: PaymentWish,
): Promise<Stripe.PaymentIntentCreateParams> {
  await limitBeginnings(ctx);
  const { id: customerId } = await createOrRetrieveCustomer(ctx);
  const { tenantId, cause: requestId } = ctx;
  const due = { amount, currency };
  return paymentIntentParams(wish, {
    due,
    customerId,
    tenantId,
    intentId,
    requestId,
    methods: methodOptions(),
  });
}

async function ask(
  ctx: TenantContext,
  charge: ChargeIntent,
  params: Stripe.PaymentIntentCreateParams,
): Promise<Stripe.PaymentIntent> {
  try {
    return await stripe().paymentIntents.create(params, {
      idempotencyKey: `payment:${charge.id}`,
    });
  } catch (error) {
    // The same wish, sent twice at once, was carried out by the other.
    const { paymentId } = await reloadCharge(ctx, charge);
    if (paymentId) return retrieve(paymentId);
    if (isUnknownOutcome(error))
      throw new AppError("outcome_unknown", { cause: error });
    if (error instanceof Stripe.errors.StripeInvalidRequestError)
      await refuse(ctx, charge, { params, error });
    throw error;
  }
}

/** Refused parameters would be refused for ever: the next try starts anew. */
async function refuse(
  ctx: TenantContext,
  charge: ChargeIntent,
  {
    params: { customer },
    error,
  }: {
    params: Stripe.PaymentIntentCreateParams;
    error: Stripe.errors.StripeInvalidRequestError;
  },
): Promise<void> {
  await refuseCharge(ctx, charge, error.code ?? "refused");
  if (!customer || !isMissing(error, "customer")) return;
  await retireCustomer(ctx, customer);
  throw new AppError("customer_gone", { cause: error });
}

function isOld({ createdAt }: ChargeIntent): boolean {
  return after(createdAt, keyIsGood) < new Date();
}

/** By list, because search does not know yet what was just made (hazard 40). */
async function findMade(
  { id, createdAt }: ChargeIntent,
  { customer }: Stripe.PaymentIntentCreateParams,
): Promise<Stripe.PaymentIntent | null> {
  const since = { gte: toUnix(after(createdAt, -hours(1))) };
  const made = stripe().paymentIntents.list({
    ...(customer && { customer }),
    created: since,
    limit: 100,
  });
  for await (const intent of made)
    if (intent.metadata["intent_id"] === id) return intent;
  return null;
}

function retrieve(id: string): Promise<Stripe.PaymentIntent> {
  return stripe().paymentIntents.retrieve(id);
}
