import { createHash } from "node:crypto";
import { completeAddress } from "../address";
import { numberOfToken, testCard, type CardFailure } from "../cards";
import type { Context } from "../context";
import { cardError, invalidRequest, noSuch, type Refusal } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import type { PaymentMethod } from "../objects";

export type CardEntry = {
  number: string;
  exp_month: number;
  exp_year: number;
  name?: string | null;
  email?: string | null;
};

export function detailsOf({
  email = null,
  name = null,
}: Pick<CardEntry, "email" | "name">): PaymentMethod["billing_details"] {
  const address = completeAddress(null);
  return { address, email, name, phone: null, tax_id: null };
}

export function createCard(ctx: Context, entry: CardEntry): PaymentMethod {
  const { number } = entry;
  const { brand, funding, challenge } = testCard(number);
  const method: PaymentMethod = {
    id: newId("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: detailsOf(entry),
    card: {
      brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: number === "4000000000000101" ? "fail" : "pass",
      },
      country: "US",
      display_brand: brand,
      exp_month: entry.exp_month,
      exp_year: entry.exp_year,
      fingerprint: createHash("sha256")
        .update(number)
        .digest("hex")
        .slice(0, 16),
      funding,
      generated_from: null,
      last4: number.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: {
        supported: challenge !== undefined || brand === "visa",
      },
      wallet: null,
    },
    created: ctx.clock.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  };
  ctx.store.put("payment_method", method);
  ctx.store.put("card_number", { id: method.id, number, set_up: false });
  return method;
}

/** The circumstances of a use: who is there, and whether the bank has already been satisfied. */
export type Use = {
  authenticated?: boolean;
  return_url?: string | undefined;
  /** `billing`: nobody is there, but the bank's question is put to the customer later. */
  session?: "billing" | "off" | "on";
};

/** What the bank says to a use of this card: nothing, that it wants 3D Secure, or why not. */
export function judgeCard(
  ctx: Context,
  method: string,
  what: "charge" | "setup",
  use: Use = {},
): CardFailure | "challenge" | undefined {
  const kept = ctx.store.get("card_number", method);
  if (!kept) return undefined;
  const card = testCard(kept.number);
  const { authenticated, session = "on" } = use;
  const asks = {
    always: true,
    on_session: session === "on" && what === "charge",
    until_set_up: !kept.set_up,
  };
  if (card.challenge && !authenticated && asks[card.challenge])
    return session === "off" ? AUTHENTICATION_REQUIRED : "challenge";
  return what === "charge" ? card.onCharge : card.onSave;
}

const AUTHENTICATION_REQUIRED: CardFailure = {
  code: "authentication_required",
  decline_code: "authentication_required",
  message: "Your card was declined. This transaction requires authentication.",
};

/** From now on the bank lets this card be charged while its owner is away. */
export function noteSetUp(ctx: Context, method: string): void {
  const kept = ctx.store.get("card_number", method);
  if (kept) ctx.store.put("card_number", { ...kept, set_up: true });
}

/** The stored method, or for a token such as `pm_card_visa` a new one each time. */
export function resolvePaymentMethod(
  ctx: Context,
  id: string,
  at: { param: string; status?: 400 | 404 } = { param: "payment_method" },
): PaymentMethod {
  const number = numberOfToken(id);
  if (number) return createCard(ctx, { number, ...plausibleExpiry(ctx) });
  const method = ctx.store.get("payment_method", id);
  if (!method) throw noSuch("PaymentMethod", id, at);
  return method;
}

export function plausibleExpiry(ctx: Context): {
  exp_month: number;
  exp_year: number;
} {
  const today = new Date(ctx.clock.nowMs());
  return {
    exp_month: today.getUTCMonth() + 1,
    exp_year: today.getUTCFullYear() + 1,
  };
}

/** Ties the card to the customer; a card that declines when saved is refused with 402. */
export function attachPaymentMethod(
  ctx: Context,
  id: string,
  customer: string,
): PaymentMethod | Refusal {
  const method = resolvePaymentMethod(ctx, id);
  if (method.customer === customer) return method;
  if (method.customer) {
    throw invalidRequest(
      "The payment method you provided has already been attached to a customer.",
      { code: "payment_method_unexpected_state", param: "payment_method" },
    );
  }
  const failure = judgeCard(ctx, method.id, "setup", { authenticated: true });
  if (failure && failure !== "challenge") {
    return {
      refusal: cardError({ ...failure, param: "" }, { payment_method: method }),
    };
  }
  const attached = { ...method, customer };
  ctx.store.put("payment_method", attached);
  emit(ctx, "payment_method.attached", attached);
  return attached;
}

export function detachPaymentMethod(
  ctx: Context,
  method: PaymentMethod,
): PaymentMethod {
  const detached = { ...method, customer: null };
  ctx.store.put("payment_method", detached);
  emit(ctx, "payment_method.detached", detached, method);
  const owner = method.customer && ctx.store.get("customer", method.customer);
  if (
    owner &&
    !owner.deleted &&
    owner.invoice_settings.default_payment_method === method.id
  ) {
    const customer = {
      ...owner,
      invoice_settings: {
        ...owner.invoice_settings,
        default_payment_method: null,
      },
    };
    ctx.store.put("customer", customer);
    emit(ctx, "customer.updated", customer, owner);
  }
  return detached;
}
