import type Stripe from "stripe";
import {
  coupons,
  type Coupon,
  type PromotionCode,
} from "@/lib/catalog/coupons";
import { formatMoney } from "@/lib/platform/money";
import { isMissing, stripe } from "@/lib/platform/stripe";
import type { Change, Plan } from "./change";

/** Coupons and promotion codes of lib/catalog/coupons.ts. Those made elsewhere are left alone. */
export async function planCoupons(): Promise<Plan> {
  const plans = await Promise.all(coupons.map(planCoupon));
  return {
    changes: plans.flatMap(({ changes }) => changes),
    warnings: plans.flatMap(({ warnings }) => warnings ?? []),
  };
}

async function planCoupon(wanted: Coupon): Promise<Plan> {
  const { id, name } = wanted;
  const existing = await getCoupon(id);
  if (existing && !sameTerms(existing, wanted)) {
    const warning = `Coupon ${id} has other terms at Stripe, where they never change: give it another id in lib/catalog/coupons.ts.`;
    return { changes: [], warnings: [warning] };
  }
  const codes = await Promise.all(
    wanted.codes.map((code) => planCode(id, code)),
  );
  const changes = codes.flat();
  if (!existing) {
    changes.unshift({
      line: `+ coupon ${id}: ${inWords(wanted)}`,
      apply: async () => void (await stripe().coupons.create(toParams(wanted))),
    });
  } else if (existing.name !== name) {
    changes.unshift({
      line: `~ coupon ${id}: ${existing.name ?? "unnamed"} → ${name}`,
      apply: async () => void (await stripe().coupons.update(id, { name })),
    });
  }
  return { changes };
}

async function getCoupon(id: string): Promise<Stripe.Coupon | null> {
  try {
    return await stripe().coupons.retrieve(id);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function toParams({ id, name, off, duration }: Coupon) {
  return {
    id,
    name,
    ...("percent" in off
      ? { percent_off: off.percent }
      : { amount_off: off.amount, currency: off.currency }),
    ...(typeof duration === "string"
      ? { duration }
      : {
          duration: "repeating" as const,
          duration_in_months: duration.months,
        }),
  };
}

function sameTerms(existing: Stripe.Coupon, wanted: Coupon): boolean {
  const terms: Stripe.CouponCreateParams = toParams(wanted);
  return (
    existing.percent_off === (terms.percent_off ?? null) &&
    existing.amount_off === (terms.amount_off ?? null) &&
    existing.currency === (terms.currency ?? null) &&
    existing.duration === terms.duration &&
    existing.duration_in_months === (terms.duration_in_months ?? null)
  );
}

/** One that is spent or has expired has had its time; one that was switched off by hand is switched on again. */
async function planCode(
  couponId: string,
  wanted: PromotionCode,
): Promise<Change[]> {
  const { code } = wanted;
  const { data } = await stripe().promotionCodes.list({ code, limit: 100 });
  const same = data.filter((one) => isSame(one, couponId, wanted));
  const other = data.filter((one) => one.active && !same.includes(one));
  if (same.some(({ active }) => active)) return [];
  const [known] = same;
  if (known && isOver(known)) return [];
  const activate = async () => {
    // A code is active once at a time.
    for (const { id } of other)
      await stripe().promotionCodes.update(id, { active: false });
    if (known) {
      await stripe().promotionCodes.update(known.id, { active: true });
      return;
    }
    await stripe().promotionCodes.create({
      code,
      promotion: { type: "coupon", coupon: couponId },
      restrictions: { first_time_transaction: wanted.firstPurchase },
    });
  };
  const replaces = other.length > 0 ? ", in place of its earlier terms" : "";
  return [
    known
      ? { line: `~ promotion code ${code}: off → on`, apply: activate }
      : {
          line: `+ promotion code ${code}: ${couponId}${replaces}`,
          apply: activate,
        },
  ];
}

function isSame(
  { promotion, restrictions }: Stripe.PromotionCode,
  couponId: string,
  { firstPurchase }: PromotionCode,
): boolean {
  const { coupon } = promotion;
  const id = typeof coupon === "string" ? coupon : coupon?.id;
  return (
    id === couponId && restrictions.first_time_transaction === firstPurchase
  );
}

function isOver(code: Stripe.PromotionCode): boolean {
  const { max_redemptions: most, times_redeemed, expires_at } = code;
  return (
    (most !== null && times_redeemed >= most) ||
    (expires_at !== null && expires_at * 1000 <= Date.now())
  );
}

function inWords({ off, duration }: Coupon): string {
  const what =
    "percent" in off
      ? `${off.percent}%`
      : formatMoney({ amount: BigInt(off.amount), currency: off.currency });
  const long =
    typeof duration === "string" ? duration : `${duration.months} months`;
  return `${what} off, ${long}`;
}
