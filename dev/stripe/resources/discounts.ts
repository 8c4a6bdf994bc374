import { boundary } from "../calendar";
import type { Context } from "../context";
import { nulls } from "../contract/nulls";
import { invalidRequest } from "../errors";
import { newId } from "../ids";
import { requireOne } from "../lookup";
import type { Coupon, Discount, PromotionCode } from "../objects";
import { currentCoupon } from "./coupons";
import { currentCode } from "./promotion-codes";

export type DiscountParam = {
  coupon?: string | null;
  discount?: string | null;
  promotion_code?: string | null;
};
type Owner = Partial<
  Pick<
    Discount,
    | "checkout_session"
    | "customer"
    | "invoice"
    | "invoice_item"
    | "subscription"
    | "subscription_item"
  >
>;

/** Redeems coupons and codes, in order, for their new owner; refused whole if one of them cannot be used. */
export function redeem(
  ctx: Context,
  asked: DiscountParam[],
  owner: Owner,
  order: {
    param?: string;
    amount?: number;
    currency?: string;
    firstTime?: boolean;
  } = {},
): Discount[] {
  const { param = "discounts" } = order;
  if (asked.length > 20)
    throw invalidRequest("You may apply at most 20 discounts.", { param });
  return asked.map((one, at) => {
    const here = `${param}[${at}]`;
    if (one.discount)
      return requireOne(ctx, "discount", one.discount, {
        param: `${here}[discount]`,
        status: 400,
      });
    const code = one.promotion_code
      ? usableCode(ctx, one.promotion_code, owner, {
          ...order,
          param: `${here}[promotion_code]`,
        })
      : undefined;
    const id = code?.promotion.coupon ?? one.coupon;
    if (!id)
      throw invalidRequest(
        "You must provide a coupon, a promotion code or a discount.",
        { param: here },
      );
    const coupon = usableCoupon(ctx, id, `${here}[coupon]`, order.currency);
    ctx.store.put("coupon", {
      ...coupon,
      times_redeemed: coupon.times_redeemed + 1,
    });
    if (code)
      ctx.store.put("promotion_code", {
        ...code,
        times_redeemed: code.times_redeemed + 1,
      });
    const start = ctx.clock.now();
    const discount: Discount = {
      ...nulls("Discount"),
      id: newId("di"),
      object: "discount",
      end:
        coupon.duration === "repeating"
          ? boundary(
              start,
              {
                interval: "month",
                interval_count: coupon.duration_in_months ?? 1,
              },
              1,
            )
          : null,
      promotion_code: code?.id ?? null,
      source: { coupon: coupon.id, type: "coupon" },
      start,
      ...owner,
    };
    ctx.store.put("discount", discount);
    return discount;
  });
}

/** Whether a discount still reduces an invoice made now; `used` says it has reduced one before. */
export function isInForce(ctx: Context, id: string, used: boolean): boolean {
  const discount = ctx.store.get("discount", id);
  if (!discount) return false;
  const coupon = couponOf(ctx, discount);
  if (coupon?.duration === "once" && used) return false;
  return discount.end === null || discount.end > ctx.clock.now();
}

/**
 * What each discount takes off each line, in cents and in order: percentages are rounded line by line, a fixed
 * amount is spread in proportion with the rest on the last line. Never more than a line has left.
 */
export function discountAmounts(
  ctx: Context,
  ids: string[],
  lines: { amount: number; product: string; currency: string }[],
): { discount: string; amount: number }[][] {
  const left = lines.map(({ amount }) => Math.max(amount, 0));
  const taken: { discount: string; amount: number }[][] = lines.map(() => []);
  for (const id of ids) {
    const discount = ctx.store.get("discount", id);
    const coupon = discount && couponOf(ctx, discount);
    if (!coupon) continue;
    const only = productsOf(ctx, coupon);
    const meant = lines.flatMap((line, at) =>
      !only || only.includes(line.product) ? [at] : [],
    );
    const cuts = cutsOf(
      ctx,
      coupon,
      meant.map((at) => left[at] ?? 0),
      lines[0]?.currency ?? "",
    );
    for (const [n, at] of meant.entries()) {
      const amount = cuts[n] ?? 0;
      left[at] = (left[at] ?? 0) - amount;
      taken[at]?.push({ discount: id, amount });
    }
  }
  return taken;
}

function cutsOf(
  ctx: Context,
  coupon: Coupon,
  left: number[],
  currency: string,
): number[] {
  if (coupon.percent_off !== null) {
    const share = coupon.percent_off / 100;
    return left.map((amount) => Math.round(amount * share));
  }
  const total = left.reduce((sum, amount) => sum + amount, 0);
  const off = Math.min(amountOff(ctx, coupon, currency) ?? 0, total);
  const cuts = left.map((amount) =>
    total === 0 ? 0 : Math.floor((off * amount) / total),
  );
  const rest = off - cuts.reduce((sum, cut) => sum + cut, 0);
  const last = left.findLastIndex((amount, at) => amount > (cuts[at] ?? 0));
  return cuts.map((cut, at) => (at === last ? cut + rest : cut));
}

function amountOff(
  ctx: Context,
  coupon: Coupon,
  currency: string,
): number | null {
  if (coupon.currency === currency) return coupon.amount_off;
  const options = ctx.store.get("includable", coupon.id)?.fields[
    "currency_options"
  ];
  // Stored by coupons.create exactly as the contract shapes it.
  return (
    (options as Coupon["currency_options"])?.[currency]?.amount_off ?? null
  );
}

function productsOf(ctx: Context, coupon: Coupon): string[] | undefined {
  const only = ctx.store.get("includable", coupon.id)?.fields["applies_to"];
  return (only as Coupon["applies_to"])?.products;
}

/** The discounts of a deleted coupon go on. */
function couponOf(
  { store }: Context,
  { source }: Discount,
): Coupon | undefined {
  return (
    store.get("coupon", source.coupon) ??
    store.get("retired_coupon", source.coupon)
  );
}

function usableCoupon(
  ctx: Context,
  id: string,
  param: string,
  currency?: string,
): Coupon {
  const coupon = currentCoupon(
    ctx,
    requireOne(ctx, "coupon", id, { param, status: 400 }),
  );
  if (!coupon.valid) {
    throw invalidRequest(`Coupon expired: ${id}`, {
      code: "coupon_expired",
      param,
    });
  }
  if (
    currency &&
    coupon.amount_off !== null &&
    amountOff(ctx, coupon, currency) === null
  ) {
    throw invalidRequest(
      `The coupon ${id} cannot be applied because it is in ${coupon.currency} and not in ${currency}.`,
      { param },
    );
  }
  return coupon;
}

function usableCode(
  ctx: Context,
  id: string,
  owner: Owner,
  order: {
    param: string;
    amount?: number;
    currency?: string;
    firstTime?: boolean;
  },
): PromotionCode {
  const { param } = order;
  const code = currentCode(
    ctx,
    requireOne(ctx, "promotion_code", id, { param, status: 400 }),
  );
  const { minimum_amount: least, first_time_transaction: first } =
    code.restrictions;
  const refuse = (message: string, reason?: string) =>
    invalidRequest(message, { param, ...(reason && { code: reason }) });
  if (!code.active)
    throw refuse(
      "This promotion code is not active.",
      "promotion_code_expired",
    );
  if (code.customer !== null && code.customer !== owner.customer)
    throw refuse(
      "This promotion code cannot be redeemed because it belongs to another customer.",
    );
  if (first && order.firstTime === false)
    throw refuse(
      "This promotion code cannot be redeemed because the associated customer has prior transactions.",
      "customer_has_prior_transactions",
    );
  if (least !== null && order.amount !== undefined && order.amount < least)
    throw refuse(
      "This promotion code cannot be redeemed because the order is below its minimum amount.",
    );
  return code;
}
