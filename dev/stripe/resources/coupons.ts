import { checkExclusive, checkLength, checkRange, currencyOf } from "../checks";
import type { Context } from "../context";
import { nulls } from "../contract/nulls";
import type { Params } from "../contract/params";
import { invalidRequest, missingParam } from "../errors";
import { emit } from "../events";
import { given } from "../given";
import { randomText } from "../ids";
import { listOf, PAGED } from "../lists";
import { requireOne } from "../lookup";
import { mergeMetadata } from "../metadata";
import type { Coupon } from "../objects";
import { operation } from "../operation";

/** A coupon stops being valid by time or by use; stored as it was, answered as it is now. */
export function currentCoupon(ctx: Context, coupon: Coupon): Coupon {
  const { max_redemptions: most, redeem_by: until } = coupon;
  const spent = most !== null && coupon.times_redeemed >= most;
  const late = until !== null && until <= ctx.clock.now();
  return { ...coupon, valid: !spent && !late };
}

export const couponOperations = [
  operation("coupons.create", {
    built:
      "amount_off applies_to currency currency_options duration duration_in_months id max_redemptions metadata name percent_off redeem_by",
    run(ctx, params) {
      checkCoupon(ctx, params);
      const { applies_to, currency_options, metadata, ...rest } = params;
      const coupon: Coupon = {
        ...nulls("Coupon"),
        created: ctx.clock.now(),
        duration: "once",
        livemode: false,
        object: "coupon",
        times_redeemed: 0,
        valid: true,
        ...given(rest),
        currency: params.currency ? currencyOf(params.currency) : null,
        id: params.id ?? randomText(8),
        metadata: mergeMetadata({}, metadata),
      };
      ctx.store.put("coupon", coupon);
      const fields = given({ applies_to, currency_options });
      ctx.store.put("includable", { id: coupon.id, fields });
      emit(ctx, "coupon.created", coupon);
      return coupon;
    },
  }),
  operation("coupons.retrieve", {
    run: (ctx, _params, [id]) =>
      currentCoupon(ctx, requireOne(ctx, "coupon", id, { param: "coupon" })),
  }),
  operation("coupons.update", {
    built: "currency_options metadata name",
    run(ctx, params, [id]) {
      const before = requireOne(ctx, "coupon", id, { param: "coupon" });
      checkLength(params.name, "name", 40);
      const coupon = {
        ...before,
        ...(params.name !== undefined && { name: params.name }),
        metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
      };
      const fields = ctx.store.get("includable", id)?.fields;
      const options = given({ currency_options: params.currency_options });
      ctx.store.put("includable", { id, fields: { ...fields, ...options } });
      ctx.store.put("coupon", coupon);
      emit(ctx, "coupon.updated", coupon, before);
      return currentCoupon(ctx, coupon);
    },
  }),
  operation("coupons.del", {
    run(ctx, _params, [id]) {
      const coupon = requireOne(ctx, "coupon", id, { param: "coupon" });
      ctx.store.remove("coupon", id);
      ctx.store.put("retired_coupon", coupon);
      const gone = { ...coupon, valid: false };
      emit(ctx, "coupon.deleted", gone);
      return { id, object: "coupon", deleted: true };
    },
  }),
  operation("coupons.list", {
    built: `${PAGED} created`,
    run(ctx, params) {
      const query = { kind: "coupon", what: "coupon" } as const;
      const list = listOf(ctx, { ...query, url: "/v1/coupons", params });
      return { ...list, data: list.data.map((one) => currentCoupon(ctx, one)) };
    },
  }),
];

function checkCoupon(ctx: Context, params: Params<"coupons.create">): void {
  checkExclusive(params, ["percent_off", "amount_off"]);
  const { amount_off, percent_off, duration, duration_in_months } = params;
  if (percent_off === undefined && amount_off === undefined)
    throw missingParam("percent_off");
  if (percent_off !== undefined && !(percent_off > 0 && percent_off <= 100)) {
    throw invalidRequest(
      "Invalid percent_off: must be greater than 0 and at most 100",
      {
        param: "percent_off",
      },
    );
  }
  checkRange(amount_off, "amount_off", { min: 1 });
  if (amount_off !== undefined && !params.currency)
    throw missingParam("currency");
  if (duration === "repeating" && duration_in_months === undefined)
    throw missingParam("duration_in_months");
  if (duration !== "repeating" && duration_in_months !== undefined) {
    throw invalidRequest(
      "You may only pass duration_in_months when duration is set to repeating.",
      { param: "duration_in_months" },
    );
  }
  checkRange(duration_in_months, "duration_in_months", { min: 1 });
  checkRange(params.max_redemptions, "max_redemptions", { min: 1 });
  checkLength(params.name, "name", 40);
  const now = ctx.clock.now();
  checkRange(params.redeem_by, "redeem_by", {
    min: now + 1,
    max: now + 5 * 366 * 86_400,
  });
  for (const [at, product] of (params.applies_to?.products ?? []).entries())
    requireOne(ctx, "product", product, {
      param: `applies_to[products][${at}]`,
      status: 400,
    });
  if (params.id && ctx.store.get("coupon", params.id)) {
    throw invalidRequest("Coupon already exists.", {
      code: "resource_already_exists",
      param: "id",
    });
  }
}
