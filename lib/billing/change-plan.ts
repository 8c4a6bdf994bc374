import type Stripe from "stripe";
import { z } from "zod";
import { raiseAlarm } from "@/lib/platform/alarm";
import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { line } from "@/lib/platform/text";
import { hours, seconds } from "@/lib/platform/time";
import { syncInvoice } from "@/lib/sync/invoice";
import { idOf } from "@/lib/sync/reference";
import { syncSubscription } from "@/lib/sync/subscription";
import {
  currentProrationDate,
  quoteChange,
  requireChoice,
  type ChangeQuote,
} from "./change-quote";
import {
  requireCurrent,
  requireOwnSubscription,
  type OwnSubscription,
} from "./own-subscription";
import { planLater, type Later } from "./plan-later";
import { releaseOwn } from "./release-schedule";
import { runCommand } from "./subscription-command";

/** What a preview is asked for, and what a page shows. */
export const previewRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  subscriptionId: line(255),
  /** The lookup key of the price to change to. */
  priceId: line(255),
});

/** The confirmation of what a preview has shown, named by its token. */
export const changeRequest = previewRequest.extend({
  quote: z.string().regex(/^[\w-]{43}$/),
  /** A form sends it as text, and nothing where there is none. */
  prorationDate: z
    .union([
      z.int().positive(),
      z
        .string()
        .regex(/^[1-9]\d{0,11}$/)
        .transform(Number),
      z.literal("").transform(() => null),
      z.null(),
    ])
    .default(null),
  requestKey: line(255).optional(),
});

export type PlanChanged = {
  state: "changed" | "planned" | "payment_needed";
  subscriptionId: string;
  /** The invoice that the change waits for. */
  invoiceId: string | null;
};

/** What a change would come to now. Throws what requireOwnSubscription and requireChoice throw. */
export async function previewChange(
  ctx: TenantContext,
  input: { subscriptionId: string; priceId: string },
): Promise<ChangeQuote> {
  const own = await requireOwnSubscription(ctx, input.subscriptionId);
  const choice = await requireChoice(own, input.priceId);
  return quoteChange(own, choice, null);
}

/** How long a preview may be confirmed: its moment is what the charge is counted from. */
const quoteLife = hours(1) / seconds(1);

/**
 * Changes the plan as the preview with this token has shown: at once and only once it is paid, or when the
 * paid period is over. Nothing is granted before its money has come; what waits for it is `payment_needed`.
 * Throws preview_stale, what requireChoice throws, and what runCommand throws.
 */
export async function changePlan(
  ctx: TenantContext,
  input: z.infer<typeof changeRequest>,
  requestKey: string | null,
): Promise<PlanChanged> {
  const { subscriptionId: id, priceId, quote: token, prorationDate } = input;
  const fingerprint = JSON.stringify([id, priceId, token, prorationDate]);
  return runCommand(
    ctx,
    { subject: id, kind: "plan.changed", requestKey, fingerprint },
    async (run) => {
      const order = await run.params(() => decide(ctx, input));
      if ("later" in order) {
        await planLater(ctx, order.later, run);
        return { state: "planned", subscriptionId: id, invoiceId: null };
      }
      if (order.release) await releaseOwn(order.release);
      const changed = await stripe().subscriptions.update(
        id,
        order.update,
        run.key("update"),
      );
      const invoiceId = idOf(changed.latest_invoice);
      const waits = changed.pending_update !== null;
      await syncSubscription(id, ctx);
      if (invoiceId) await syncInvoice(invoiceId, ctx);
      if (!waits && order.due) await checkCharge(changed, order.due);
      return {
        state: waits ? "payment_needed" : "changed",
        subscriptionId: id,
        invoiceId: waits ? invoiceId : null,
      };
    },
  );
}

type Now = {
  update: Stripe.SubscriptionUpdateParams;
  /** Minor units that were shown; null where nothing is charged at once. */
  due: string | null;
  /** A schedule of ours that has nothing left to do. */
  release: string | null;
};

async function decide(
  ctx: TenantContext,
  input: z.infer<typeof changeRequest>,
): Promise<Now | { later: Later }> {
  const { prorationDate } = input;
  const own = await requireCurrent(ctx, input.subscriptionId);
  const choice = await requireChoice(own, input.priceId);
  const [quote, now] = await Promise.all([
    quoteChange(own, choice, prorationDate),
    prorationDate === null ? null : currentProrationDate(own, choice),
  ]);
  if (quote.token !== input.quote || !isFresh(prorationDate, now))
    throw new AppError("preview_stale");
  if (quote.when === "period_end")
    return { later: laterOf(own, choice.update) };
  return {
    update: {
      ...choice.update,
      // Without this Stripe would grant the plan first and fall past due afterwards (hazard 70).
      payment_behavior: "pending_if_incomplete",
      ...(prorationDate !== null && { proration_date: prorationDate }),
    },
    due: prorationDate === null ? null : String(quote.due.amount),
    release: own.schedule?.id ?? null,
  };
}

/** Within the last hour by Stripe's clock: a browser may name a moment, but not one that is cheaper. */
function isFresh(prorationDate: number | null, now: number | null): boolean {
  if (prorationDate === null) return true;
  return (
    now !== null && prorationDate <= now && now - prorationDate <= quoteLife
  );
}

function laterOf(
  own: OwnSubscription,
  { items }: { items: { price: string; quantity: number }[] },
): Later {
  const [next] = items;
  if (!next) throw new Error("a change without an item");
  const { price, quantity } = next;
  const release = own.schedule?.id ?? null;
  return { subscriptionId: own.id, price, quantity, release };
}

/** Something else has changed the subscription in between, in the Dashboard for one: a person must look. */
async function checkCharge(
  changed: Stripe.Subscription,
  due: string,
): Promise<void> {
  const id = idOf(changed.latest_invoice);
  if (!id) return;
  const { amount_due: charged } = await stripe().invoices.retrieve(id);
  if (String(charged) !== due) await raiseAlarm("charge_not_as_shown", id);
}
