import { checkUrl } from "../checks";
import type { Params } from "../contract/params";
import type { Context } from "../context";
import { invalidRequest, missingParam, noSuch } from "../errors";
import type {
  Customer,
  PortalConfiguration,
  PortalSession,
  Subscription,
} from "../objects";
import { requireOne } from "../lookup";
import { currentCoupon } from "./coupons";
import { changeableItem, offerError, offersOf } from "./portal-offers";

/** The flows that are built; the others are refused by name. */
export const FLOWS = `flow_data.after_completion flow_data.subscription_cancel flow_data.subscription_pause
  flow_data.subscription_update.subscription flow_data.subscription_update_confirm.items
  flow_data.subscription_update_confirm.subscription
  flow_data.type=customer_update|payment_method_update|subscription_cancel|subscription_pause|subscription_update|subscription_update_confirm`;

type FlowData = NonNullable<
  Params<"billingPortal.sessions.create">["flow_data"]
>;
type Flow = NonNullable<PortalSession["flow"]>;
type Within = { configuration: PortalConfiguration; customer: Customer };

/** The flow a session begins with: its feature must be on, its subscription the customer's own. */
export function readFlow(ctx: Context, data: FlowData, within: Within): Flow {
  const feature =
    data.type === "subscription_update_confirm"
      ? "subscription_update"
      : data.type;
  if (!within.configuration.features[feature].enabled) {
    throw invalidRequest(
      `You can't use the \`${data.type}\` flow because the \`${feature}\` feature is disabled in the portal configuration.`,
      { param: "flow_data[type]" },
    );
  }
  const cancel = data.subscription_cancel;
  const update = data.subscription_update;
  const confirm = data.subscription_update_confirm;
  const pause = data.subscription_pause;
  const own = {
    subscription_cancel: cancel,
    subscription_pause: pause,
    subscription_update: update,
    subscription_update_confirm: confirm,
  };
  for (const [name, given] of Object.entries(own)) {
    const param = `flow_data[${name}]`;
    if (name !== data.type) {
      if (given)
        throw invalidRequest(
          `You can only pass \`${name}\` in a flow of its own type.`,
          { param },
        );
      continue;
    }
    if (!given) throw missingParam(param);
    const subscription = ownLive(ctx, given.subscription, {
      param: `${param}[subscription]`,
      customer: within.customer,
    });
    if (confirm) checkItems(ctx, subscription, confirm.items, within);
  }
  return {
    after_completion: afterCompletion(data.after_completion),
    customer_update: data.type === "customer_update" ? {} : null,
    subscription_cancel: cancel
      ? {
          retention: retentionOf(ctx, cancel.retention),
          subscription: cancel.subscription,
        }
      : null,
    subscription_pause: pause ?? null,
    subscription_update: update ?? null,
    subscription_update_confirm: confirm
      ? {
          discounts: null,
          items: confirm.items.map(({ id, price, quantity }) => ({
            id,
            price: price ?? null,
            ...(quantity !== undefined && { quantity }),
          })),
          subscription: confirm.subscription,
        }
      : null,
    type: data.type,
  };
}

/** A coupon that is offered to whoever is about to cancel, and can be used. */
function retentionOf(
  ctx: Context,
  asked: NonNullable<FlowData["subscription_cancel"]>["retention"],
): NonNullable<Flow["subscription_cancel"]>["retention"] {
  if (!asked) return null;
  const { coupon: id } = asked.coupon_offer;
  const param =
    "flow_data[subscription_cancel][retention][coupon_offer][coupon]";
  const coupon = requireOne(ctx, "coupon", id, { param, status: 400 });
  if (!currentCoupon(ctx, coupon).valid)
    throw invalidRequest(`Coupon expired: ${id}`, {
      code: "coupon_expired",
      param,
    });
  return { coupon_offer: { coupon: id }, type: "coupon_offer" };
}

function ownLive(
  ctx: Context,
  id: string,
  of: { param: string; customer: Customer },
): Subscription {
  const subscription = ctx.store.get("subscription", id);
  if (
    subscription?.customer !== of.customer.id ||
    subscription.ended_at !== null
  )
    throw noSuch("subscription", id, { param: of.param, status: 400 });
  return subscription;
}

/** Exactly the subscription's own items, changed to what the configuration offers. */
function checkItems(
  ctx: Context,
  subscription: Subscription,
  items: NonNullable<FlowData["subscription_update_confirm"]>["items"],
  { configuration }: Within,
): void {
  const param = "flow_data[subscription_update_confirm][items]";
  const item = changeableItem(subscription);
  const [wanted] = items;
  if (!item || items.length !== 1 || wanted?.id !== item.id) {
    throw invalidRequest(
      `The items of the subscription ${subscription.id} cannot be updated in the portal, or are not those passed.`,
      { param },
    );
  }
  const refusal = offerError(offersOf(ctx, configuration, item), item, {
    price: wanted.price ?? item.price.id,
    quantity: wanted.quantity ?? item.quantity,
  });
  if (refusal) throw invalidRequest(refusal, { param });
}

function afterCompletion(
  given: FlowData["after_completion"],
): Flow["after_completion"] {
  const type = given?.type ?? "portal_homepage";
  if (type === "redirect" && !given?.redirect)
    throw missingParam("flow_data[after_completion][redirect]");
  checkUrl(
    given?.redirect?.return_url,
    "flow_data[after_completion][redirect][return_url]",
  );
  return {
    hosted_confirmation:
      type === "hosted_confirmation"
        ? { custom_message: given?.hosted_confirmation?.custom_message ?? null }
        : null,
    redirect: (type === "redirect" && given?.redirect) || null,
    type,
  };
}
