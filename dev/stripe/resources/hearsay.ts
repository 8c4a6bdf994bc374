import type { Context } from "../context";
import { emit } from "../events";
import { newId } from "../ids";
import { listing, retrieval } from "../lookup";
import type {
  Charge,
  EarlyFraudWarning,
  PaymentMethod,
  TaxId,
} from "../objects";
import type { Alarm } from "../records";
import { testCard } from "../cards";

/** What others say of what was made here, after a while. */
function noteLater(
  ctx: Context,
  rings: Alarm["rings"],
  of: string,
  seconds = 0,
): void {
  ctx.store.put("alarm", {
    id: `${of} ${rings}`,
    at: ctx.clock.now() + seconds,
    of,
    rings,
    test_clock: null,
  });
}

/** The documented number whose network suspects fraud. */
const SUSPECTED = "4000000000005423";

export function noteSuspicion(ctx: Context, charge: Charge): void {
  const card = ctx.store.get("card_number", charge.payment_method ?? "");
  if (card?.number === SUSPECTED) noteLater(ctx, "fraud_warning", charge.id);
}

export function warnOfFraud(ctx: Context, id: string): void {
  const charge = ctx.store.get("charge", id);
  if (!charge) return;
  const warning: EarlyFraudWarning = {
    id: newId("issfr"),
    object: "radar.early_fraud_warning",
    actionable: true,
    charge: charge.id,
    created: ctx.clock.now(),
    fraud_type: "misc",
    livemode: false,
    ...(charge.payment_intent && { payment_intent: charge.payment_intent }),
  };
  ctx.store.put("early_fraud_warning", warning);
  emit(ctx, "radar.early_fraud_warning.created", warning);
}

export const fraudWarningOperations = [
  retrieval("radar.earlyFraudWarnings.retrieve", "early_fraud_warning"),
  listing("radar.earlyFraudWarnings.list", "early_fraud_warning", {
    url: "/v1/radar/early_fraud_warnings",
    filters: "created charge payment_intent",
  }),
];

const AUTHORITY_SECONDS = 3600;
/** The documented number that no authority knows. */
const UNKNOWN = /^\D*1{9}$/;

export function noteVerification(ctx: Context, taxId: TaxId): void {
  if (taxId.verification?.status === "pending")
    noteLater(ctx, "tax_id", taxId.id, AUTHORITY_SECONDS);
}

export function verifyTaxId(ctx: Context, id: string): void {
  const before = ctx.store.get("tax_id", id);
  if (!before?.verification) return;
  const status = UNKNOWN.test(before.value) ? "unverified" : "verified";
  const verification = { ...before.verification, status };
  const after = { ...before, verification } as TaxId;
  ctx.store.put("tax_id", after);
  emit(ctx, "customer.tax_id.updated", after, before);
}

/** The network issues the card anew, and the saved one follows by itself. */
export function reissueCard(
  ctx: Context,
  id: string,
  number: string,
): PaymentMethod | undefined {
  const before = ctx.store.get("payment_method", id);
  const kept = ctx.store.get("card_number", id);
  if (!before?.card || !kept) return undefined;
  const { brand, funding } = testCard(number);
  const exp_year = before.card.exp_year + 4;
  const last4 = number.slice(-4);
  const after = {
    ...before,
    card: { ...before.card, brand, exp_year, funding, last4 },
  };
  ctx.store.put("payment_method", after);
  ctx.store.put("card_number", { ...kept, number });
  emit(ctx, "payment_method.automatically_updated", after, before);
  return after;
}
