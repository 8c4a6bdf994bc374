import type Stripe from "stripe";
import { z } from "zod";
import { productGroup } from "@/lib/catalog/prices";
import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { line } from "@/lib/platform/text";
import {
  requireOwnSubscription,
  type OwnSubscription,
} from "./own-subscription";
import { requireSale, saleLines } from "./sale";

/** A deep link into the portal: what the person came to do, and to which subscription. */
export const portalFlowRequest = {
  flow: z
    .enum([
      "payment_method_update",
      "subscription_cancel",
      "subscription_update",
      "subscription_update_confirm",
    ])
    .optional(),
  /** Which of the tenant's own; needed only while it has several. */
  subscriptionId: line(255).optional(),
  /** The lookup key to switch to, for subscription_update_confirm. */
  priceId: line(255).optional(),
};

export type PortalFlow = z.infer<
  z.ZodObject<typeof portalFlowRequest, z.core.$strict>
>;

type FlowData = Stripe.BillingPortal.SessionCreateParams.FlowData;

/**
 * What Stripe is told to open, and to come back from to `returnUrl` once it is done; null for the portal's
 * own start. Throws no_subscription, not_found (another's), choose_subscription, same_price, unknown_price, price_mismatch.
 */
export async function portalFlow(
  ctx: TenantContext,
  input: PortalFlow,
  returnUrl: string,
): Promise<FlowData | null> {
  const { flow } = input;
  if ((flow === "subscription_update_confirm") !== Boolean(input.priceId))
    throw new AppError("validation", { param: "priceId" });
  if (!flow) return null;
  const after_completion = {
    type: "redirect",
    redirect: { return_url: returnUrl },
  } as const;
  if (flow === "payment_method_update") return { type: flow, after_completion };
  const own = await requireOwnSubscription(ctx, input.subscriptionId);
  const subscription = own.id;
  switch (flow) {
    case "subscription_cancel":
      return {
        type: flow,
        after_completion,
        subscription_cancel: { subscription },
      };
    case "subscription_update":
      return {
        type: flow,
        after_completion,
        subscription_update: { subscription },
      };
    case "subscription_update_confirm":
      return {
        type: flow,
        after_completion,
        subscription_update_confirm: {
          subscription,
          items: [await newItem(ctx, own, input.priceId ?? "")],
        },
      };
  }
}

/** The subscription's one item on another price of the same group, at the price that our pages show. */
async function newItem(
  ctx: TenantContext,
  { items }: OwnSubscription,
  lookupKey: string,
) {
  const [item, second] = items;
  if (!item || second) throw new AppError("portal_flow_refused");
  const sale = await requireSale(ctx, [{ priceId: lookupKey, quantity: 1 }]);
  if (sale.group !== productGroup(item.productId))
    throw new AppError("unknown_price", { param: "priceId" });
  const [line] = await saleLines(sale);
  // The portal switches between prices that Stripe has; what staff offered becomes one when it is sold.
  if (!line || !("price" in line)) throw new AppError("portal_flow_refused");
  const { price } = line;
  if (price === item.priceId)
    throw new AppError("same_price", { param: "priceId" });
  return {
    id: item.id,
    price,
    quantity: item.quantity ?? 1,
  };
}
