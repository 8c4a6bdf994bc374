import type { Context } from "./context";
import { ApiError, invalidRequest } from "./errors";
import { embedded } from "./lists";
import type { Kind } from "./records";

export const KIND_BY_PREFIX: Record<string, Kind> = {
  cn: "credit_note",
  di: "discount",
  promo: "promotion_code",
  re: "refund",
  txn: "balance_transaction",
  du: "dispute",
  cbtxn: "customer_balance_transaction",
  bpc: "portal_configuration",
  bps: "portal_session",
  ch: "charge",
  cs: "checkout_session",
  cus: "customer",
  in: "invoice",
  inpay: "invoice_payment",
  issfr: "early_fraud_warning",
  pi: "payment_intent",
  pm: "payment_method",
  pmc: "payment_method_configuration",
  price: "price",
  prod: "product",
  seti: "setup_intent",
  sub: "subscription",
};

/** Fields that an object has only when they are asked for. */
const INCLUDABLE: Record<
  string,
  Record<string, (ctx: Context, id: string) => unknown>
> = {
  "checkout.session": {
    line_items: (ctx, id) =>
      embedded(
        ctx.store.get("checkout_plan", id)?.lines ?? [],
        `/v1/checkout/sessions/${id}/line_items`,
      ),
  },
  customer: {
    subscriptions: (ctx, id) =>
      embedded(
        ctx.store
          .all("subscription", { index: "customer", key: id })
          .filter((subscription) => subscription.ended_at === null)
          .reverse(),
        `/v1/customers/${id}/subscriptions`,
      ),
    sources: (_ctx, id) => embedded([], `/v1/customers/${id}/sources`),
    tax_ids: (ctx, id) =>
      embedded(
        ctx.store.all("tax_id", { index: "customer", key: id }).reverse(),
        `/v1/customers/${id}/tax_ids`,
      ),
  },
  charge: {
    refunds: (ctx, id) =>
      embedded(
        ctx.store.all("refund", { index: "charge", key: id }).reverse(),
        `/v1/charges/${id}/refunds`,
      ),
  },
  coupon: {
    applies_to: (ctx, id) => included(ctx, id, "applies_to"),
    currency_options: (ctx, id) => included(ctx, id, "currency_options"),
  },
  invoice: {
    confirmation_secret(ctx, id) {
      const [payment] = ctx.store.all("invoice_payment", {
        index: "invoice",
        key: id,
      });
      const intent =
        payment &&
        ctx.store.get("payment_intent", payment.payment.payment_intent);
      return intent
        ? { client_secret: intent.client_secret, type: "payment_intent" }
        : null;
    },
    payments: (ctx, id) =>
      embedded(
        ctx.store.all("invoice_payment", { index: "invoice", key: id }),
        `/v1/invoices/${id}/payments`,
      ),
  },
  price: {
    currency_options: (ctx, id) => included(ctx, id, "currency_options"),
    tiers: (ctx, id) => included(ctx, id, "tiers"),
  },
};

function included(ctx: Context, id: string, field: string): unknown {
  return ctx.store.get("includable", id)?.fields[field];
}

/** Replaces ids by objects along each dotted path; what it is given stays untouched. */
export function expandAll(
  ctx: Context,
  answer: object,
  paths: string[],
): object {
  // Of what is deleted only the id is left, and asking for more is no error.
  if ("deleted" in answer && answer.deleted) return answer;
  let result: unknown = answer;
  for (const path of paths) {
    const segments = path.split(".");
    // A list's own `data` counts as a level.
    if (segments.length > 4) {
      throw new ApiError(400, {
        code: "property_expansion_max_depth",
        message: `You cannot expand more than 4 levels of a property. Property: ${path}`,
        type: "invalid_request_error",
      });
    }
    result = expandPath(ctx, result, segments, path);
  }
  return isObject(result) ? result : answer;
}

function expandPath(
  ctx: Context,
  value: unknown,
  segments: string[],
  path: string,
): unknown {
  const [head, ...rest] = segments;
  if (head === undefined) return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown) =>
      expandPath(ctx, resolved(ctx, item), segments, path),
    );
  }
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = { ...value };
  // Only the start of a path is checked: at the top, or below a list's `data`.
  const top =
    segments.length === path.split(".").length ||
    path === `data.${segments.join(".")}`;
  copy[head] = expandField(ctx, copy, head, {
    last: rest.length === 0,
    top,
    path,
  });
  if (rest.length > 0) copy[head] = expandPath(ctx, copy[head], rest, path);
  return copy;
}

function expandField(
  ctx: Context,
  owner: Record<string, unknown>,
  field: string,
  at: { last: boolean; top: boolean; path: string },
): unknown {
  const { id, object } = owner;
  if (
    typeof object === "string" &&
    typeof id === "string" &&
    owner[field] === undefined
  ) {
    const include = INCLUDABLE[object]?.[field];
    if (include) return include(ctx, id);
  }
  const current = owner[field];
  const found =
    owner["type"] === "coupon" && field === "coupon"
      ? couponOf(ctx, current)
      : resolved(ctx, current);
  const expandable =
    current === null ||
    found !== current ||
    Array.isArray(current) ||
    (isObject(current) && (!at.last || "object" in current));
  if (at.top && !expandable) {
    throw invalidRequest(`This property cannot be expanded (${field}).`, {
      param: "expand",
    });
  }
  return found;
}

/** Coupons have ids of the shop's own choice, without a prefix to know them by. */
function couponOf(ctx: Context, id: unknown): unknown {
  if (typeof id !== "string") return id;
  return (
    ctx.store.get("coupon", id) ?? ctx.store.get("retired_coupon", id) ?? id
  );
}

function resolved(ctx: Context, value: unknown): unknown {
  // A list of ids becomes a list of objects.
  if (Array.isArray(value))
    return value.map((each: unknown) => resolved(ctx, each));
  if (typeof value !== "string") return value;
  const kind = value.startsWith("sub_sched_")
    ? "subscription_schedule"
    : KIND_BY_PREFIX[value.slice(0, value.indexOf("_"))];
  return (kind && ctx.store.get(kind, value)) ?? value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
