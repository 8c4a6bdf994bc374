import { createHash } from "node:crypto";
import { numberOfToken, testCard, type CardFailure } from "../cards";
import type { Context } from "../context";
import {
  cardError,
  invalidRequest,
  noSuch,
  notBuilt,
  type Refusal,
} from "../errors";
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

export function createCard(ctx: Context, entry: CardEntry): PaymentMethod {
  const { number } = entry;
  const { brand, funding, challenge } = testCard(number);
  const method: PaymentMethod = {
    id: newId("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: {
      address: {
        city: null,
        country: null,
        line1: null,
        line2: null,
        postal_code: null,
        state: null,
      },
      email: entry.email ?? null,
      name: entry.name ?? null,
      phone: null,
      tax_id: null,
    },
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
        supported: challenge === true || brand === "visa",
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
  ctx.store.put("card_number", { id: method.id, number });
  return method;
}

/** What happens when this card is saved or charged; undefined means it works. */
export function cardFailure(
  ctx: Context,
  method: string,
  when: "onCharge" | "onSave",
): CardFailure | undefined {
  const number = ctx.store.get("card_number", method)?.number;
  if (!number) return undefined;
  const card = testCard(number);
  if (card.challenge && when === "onCharge") throw notBuilt("3D Secure");
  return card[when];
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
  const failure = cardFailure(ctx, method.id, "onSave");
  if (failure) {
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
