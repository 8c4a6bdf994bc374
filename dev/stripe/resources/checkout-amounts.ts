import type { Context } from "../context";
import { invalidRequest } from "../errors";
import { imagine } from "../imagine";
import type { CheckoutSession, LineItem } from "../objects";
import type { CheckoutPlan } from "../records";
import { lineAmount } from "./checkout-lines";
import { discountAmounts, redeem, type DiscountParam } from "./discounts";
import { findCode } from "./promotion-codes";

type Owner = { id: string; customer: string | null };

/** The lines with what the discount will take off them; it is redeemed with the purchase, not before. */
export function discountedLines(
  ctx: Context,
  lines: LineItem[],
  discount: DiscountParam | null,
  owner: Owner,
): LineItem[] {
  const cuts = discount
    ? imagine(ctx, () =>
        discountAmounts(
          ctx,
          redeemFor(ctx, lines, discount, owner),
          lines.map(({ amount_subtotal: amount, currency, price }) => ({
            amount,
            currency,
            product: price.product,
          })),
        ),
      )
    : [];
  return lines.map((line, at) => {
    const off = (cuts[at] ?? []).reduce((sum, one) => sum + one.amount, 0);
    return {
      ...line,
      amount_discount: off,
      amount_total: line.amount_subtotal - off,
    };
  });
}

/** Uses the discount up, for this session; its ids. Refused when it cannot be used (any more). */
export function redeemFor(
  ctx: Context,
  lines: LineItem[],
  discount: DiscountParam,
  { id, customer }: Owner,
): string[] {
  const owner = { checkout_session: id, customer };
  return redeem(ctx, [discount], owner, orderOf(ctx, lines, customer)).map(
    (one) => one.id,
  );
}

function orderOf(ctx: Context, lines: LineItem[], customer: string | null) {
  const known = customer ? ctx.store.get("customer", customer) : undefined;
  return {
    amount: lines.reduce((sum, line) => sum + line.amount_subtotal, 0),
    currency: lines[0]?.currency ?? "",
    firstTime: !known || known.deleted || known.next_invoice_sequence === 1,
  };
}

export function sumsOf(
  lines: LineItem[],
): Pick<CheckoutSession, "amount_subtotal" | "amount_total" | "total_details"> {
  const sum = (field: "amount_discount" | "amount_subtotal" | "amount_total") =>
    lines.reduce((total, line) => total + line[field], 0);
  return {
    amount_subtotal: sum("amount_subtotal"),
    amount_total: sum("amount_total"),
    total_details: {
      amount_discount: sum("amount_discount"),
      amount_shipping: 0,
      amount_tax: 0,
    },
  };
}

/** The discount as the session names it. */
export function shownDiscount(
  discount: DiscountParam | null,
): NonNullable<CheckoutSession["discounts"]> {
  if (!discount) return [];
  const { coupon = null, promotion_code = null } = discount;
  return [{ coupon, promotion_code }];
}

/** The buyer's own changes on the page: a code, or how many. Refused whole, or stored with the new sums. */
export function changeOrder(
  ctx: Context,
  session: CheckoutSession,
  plan: CheckoutPlan,
  change: { code: string | null } | { line: string; quantity: number },
): void {
  const lines =
    "line" in change
      ? withQuantity(ctx, plan, change.line, change.quantity)
      : plan.lines;
  const discount =
    "code" in change ? codeOf(ctx, session, change.code) : plan.discount;
  const priced = discountedLines(ctx, lines, discount, session);
  ctx.store.put("checkout_plan", { ...plan, discount, lines: priced });
  const sums = sumsOf(priced);
  const free = session.mode === "payment" && sums.amount_total === 0;
  ctx.store.put("checkout_session", {
    ...session,
    ...sums,
    discounts: shownDiscount(discount),
    payment_status: free ? "no_payment_required" : "unpaid",
  });
}

function codeOf(
  ctx: Context,
  { allow_promotion_codes, customer }: CheckoutSession,
  text: string | null,
): DiscountParam | null {
  if (!text) return null;
  const code = allow_promotion_codes && findCode(ctx, text, customer);
  if (!code) throw invalidRequest("This code is invalid.");
  return { promotion_code: code.id };
}

function withQuantity(
  ctx: Context,
  plan: CheckoutPlan,
  id: string,
  quantity: number,
): LineItem[] {
  const onTrial = Boolean(
    plan.subscription.trial_end ?? plan.subscription.trial_period_days,
  );
  const lines = plan.lines.map((line) => {
    const bounds = line.adjustable_quantity;
    if (line.id !== id || !bounds?.enabled) return line;
    const { maximum, minimum } = bounds;
    const fits = quantity >= (minimum ?? 0) && quantity <= (maximum ?? 99);
    if (!fits || !Number.isInteger(quantity))
      throw invalidRequest(
        `Enter a quantity from ${minimum ?? 0} to ${maximum ?? 99}.`,
      );
    const amount = lineAmount(ctx, { price: line.price, quantity }, onTrial);
    return { ...line, amount_subtotal: amount, quantity };
  });
  const left = lines.filter((line) => line.quantity > 0);
  if (left.length > 0) return left;
  throw invalidRequest("At least one item must stay.");
}
