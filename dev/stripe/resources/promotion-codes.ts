import { checkRange } from "../checks";
import type { Context } from "../context";
import { nulls } from "../contract/nulls";
import { invalidRequest, missingParam } from "../errors";
import { emit } from "../events";
import { given } from "../given";
import { newId, randomText } from "../ids";
import { listOf, PAGED } from "../lists";
import { requireOne } from "../lookup";
import { mergeMetadata } from "../metadata";
import type { PromotionCode } from "../objects";
import { operation } from "../operation";
import { currentCoupon } from "./coupons";
import { requireCustomer } from "./customers";

/** Answered as it is now: exhausted, expired, or without a valid coupon it is inactive for good. */
export function currentCode(ctx: Context, code: PromotionCode): PromotionCode {
  const { max_redemptions: most, expires_at: until } = code;
  const coupon = ctx.store.get("coupon", code.promotion.coupon);
  const spent = most !== null && code.times_redeemed >= most;
  const late = until !== null && until <= ctx.clock.now();
  const usable = coupon !== undefined && currentCoupon(ctx, coupon).valid;
  return { ...code, active: code.active && !spent && !late && usable };
}

/** The active code people would type, whatever its case; a code may be kept for one customer. */
export function findCode(
  ctx: Context,
  text: string,
  customer: string | null,
): PromotionCode | undefined {
  return ctx.store
    .all("promotion_code", { index: "code", key: text.toLowerCase() })
    .map((one) => currentCode(ctx, one))
    .find(
      (one) =>
        one.active && (one.customer === null || one.customer === customer),
    );
}

const RESTRICTIONS =
  "restrictions.first_time_transaction restrictions.minimum_amount restrictions.minimum_amount_currency";

export const promotionCodeOperations = [
  operation("promotionCodes.create", {
    built: `active code customer expires_at max_redemptions metadata promotion ${RESTRICTIONS}`,
    run(ctx, params) {
      const { coupon: couponId } = params.promotion;
      if (!couponId) throw missingParam("promotion[coupon]");
      const at = { param: "promotion[coupon]", status: 400 as const };
      const coupon = requireOne(ctx, "coupon", couponId, at);
      if (params.customer) requireCustomer(ctx, params.customer);
      checkRange(params.max_redemptions, "max_redemptions", { min: 1 });
      checkRange(params.expires_at, "expires_at", {
        min: ctx.clock.now() + 1,
        ...(coupon.redeem_by !== null && { max: coupon.redeem_by }),
      });
      const code = params.code ?? randomText(8).toUpperCase();
      if (!/^[A-Za-z0-9-]{1,500}$/.test(code)) {
        throw invalidRequest(
          "Promotion codes may only contain letters, digits and dashes.",
          { param: "code" },
        );
      }
      const taken = ctx.store
        .all("promotion_code", { index: "code", key: code.toLowerCase() })
        .map((one) => currentCode(ctx, one))
        .some(
          (one) => one.active && one.customer === (params.customer ?? null),
        );
      if (taken) {
        throw invalidRequest(
          `An active promotion code with \`code: ${code}\` already exists.`,
          { code: "resource_already_exists", param: "code" },
        );
      }
      const { promotion: _promotion, metadata, restrictions, ...rest } = params;
      const made: PromotionCode = {
        ...nulls("PromotionCode"),
        active: true,
        created: ctx.clock.now(),
        livemode: false,
        object: "promotion_code",
        times_redeemed: 0,
        ...given(rest),
        code,
        id: newId("promo"),
        metadata: mergeMetadata({}, metadata),
        promotion: { coupon: couponId, type: "coupon" },
        restrictions: {
          first_time_transaction: restrictions?.first_time_transaction ?? false,
          minimum_amount: restrictions?.minimum_amount ?? null,
          minimum_amount_currency:
            restrictions?.minimum_amount_currency ?? null,
        },
      };
      ctx.store.put("promotion_code", made);
      emit(ctx, "promotion_code.created", made);
      return made;
    },
  }),
  operation("promotionCodes.retrieve", {
    run: (ctx, _params, [id]) =>
      currentCode(ctx, requireOne(ctx, "promotion_code", id, { param: "id" })),
  }),
  operation("promotionCodes.update", {
    built: "active metadata",
    run(ctx, params, [id]) {
      const before = requireOne(ctx, "promotion_code", id, { param: "id" });
      const code = {
        ...before,
        ...(params.active !== undefined && { active: params.active }),
        metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
      };
      ctx.store.put("promotion_code", code);
      emit(ctx, "promotion_code.updated", code, before);
      return currentCode(ctx, code);
    },
  }),
  operation("promotionCodes.list", {
    built: `${PAGED} active code coupon created customer`,
    run(ctx, params) {
      const { active, code, coupon, customer } = params;
      const list = listOf(ctx, {
        kind: "promotion_code",
        what: "promotion code",
        url: "/v1/promotion_codes",
        params,
        where: { code: code?.toLowerCase(), coupon, customer },
        keep: (one) =>
          active === undefined || currentCode(ctx, one).active === active,
      });
      return { ...list, data: list.data.map((one) => currentCode(ctx, one)) };
    },
  }),
];
