import type { Context } from "../context";
import { isRefusal, type ApiError } from "../errors";
import type { CheckoutSession } from "../objects";
import type { CheckoutPlan } from "../records";
import {
  completeCheckout,
  judgePurchase,
  type Buyer,
} from "../resources/checkout-complete";
import { ask, attempt } from "./ask";
import type { Visit } from "./page";

const ANSWER_WAIT_MS = 10_000;

export type Open = { session: CheckoutSession; plan: CheckoutPlan };

/** Completes the session whole or not at all: paid, why not, or that the bank asks first. */
export function purchase(
  ctx: Context,
  { session, plan }: Open,
  read: () => Buyer,
): "asked" | "paid" | ApiError {
  let asked = false;
  const refusal = attempt(ctx, () => {
    const buyer = read();
    if (judgePurchase(ctx, session, buyer) === "challenge" && buyer.method) {
      asked = true;
      const pending = { ...buyer, method: buyer.method.id };
      ctx.store.put("checkout_plan", { ...plan, pending });
      return undefined;
    }
    const done = completeCheckout(ctx, session, plan, buyer);
    if (isRefusal(done)) return done;
    ctx.store.put("checkout_plan", { ...plan, completed_event: done.id });
    const customer = ctx.store.get("checkout_session", session.id)?.customer;
    if (!buyer.tax_id || !customer) return undefined;
    return ask(ctx, `POST /v1/customers/${customer}/tax_ids`, {
      type: "eu_vat",
      value: buyer.tax_id,
    });
  });
  if (asked) return "asked";
  return refusal ?? "paid";
}

/** Until the shop's endpoint has answered the event of the completion. */
export async function completionTold(
  { control, ctx }: Visit,
  session: string,
): Promise<void> {
  const event = ctx.store.get("checkout_plan", session)?.completed_event;
  if (event) await control.deliveries.answered(event, ANSWER_WAIT_MS);
}
