import { isLive } from "@/lib/entitlements/resolve";
import { isPerSeat, quantityFor } from "@/lib/entitlements/seat-count";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { stripe } from "@/lib/platform/stripe";
import { syncSubscription } from "@/lib/sync/subscription";
import { isRunning, requireCurrent } from "./own-subscription";
import { runCommand } from "./subscription-command";

/**
 * Brings every plan that is sold by the seat to the number of members there are at this moment: always the
 * whole number, counted while nobody else may change the subscription, never one more or one less (hazard 78).
 * What is right already asks nothing of Stripe, so ten joins are one update. `cause` names what asked for it.
 * Throws change_in_progress and what Stripe's failing becomes; asked again, it goes on.
 */
export async function recountSeats(
  ctx: TenantContext,
  cause: string,
): Promise<void> {
  for (const id of await soldBySeat(ctx))
    if (await isOff(ctx, id)) await recount(ctx, { id, cause });
}

async function recount(
  ctx: TenantContext,
  { id, cause }: { id: string; cause: string },
): Promise<void> {
  const requestKey = `seats:${cause}:${id}`;
  const command = { subject: id, requestKey, fingerprint: id };
  await runCommand(
    ctx,
    { ...command, kind: "plan.seats_counted" },
    async (run) => {
      const { item, quantity } = await run.params(async () => {
        const own = await requireCurrent(ctx, id);
        const wanted = own.items.find(isPerSeat);
        const seats = wanted ? await quantityFor(ctx.tenantId, wanted) : 0;
        const wrong = wanted && wanted.quantity !== seats && isRunning(own);
        return { item: wrong ? wanted.id : null, quantity: seats };
      });
      if (item) {
        await stripe().subscriptions.update(
          id,
          {
            items: [{ id: item, quantity }],
            proration_behavior: "create_prorations",
          },
          run.key("seats"),
        );
        await syncSubscription(id, ctx);
      }
      return { subscriptionId: id, quantity };
    },
  );
}

async function soldBySeat({ tenantId }: TenantContext): Promise<string[]> {
  const rows = await tenantDb({ tenantId }, (tx) =>
    tx.subscription.findMany({
      where: { tenantId, livemode: livemode() },
      include: { items: true },
    }),
  );
  return rows.flatMap(({ id, status, items }) =>
    isLive(status) && items.some(isPerSeat) ? [id] : [],
  );
}

/** By our own rows. */
async function isOff({ tenantId }: TenantContext, id: string) {
  const items = await tenantDb({ tenantId }, (tx) =>
    tx.subscriptionItem.findMany({ where: { tenantId, subscriptionId: id } }),
  );
  const item = items.find(isPerSeat);
  return (
    item !== undefined && item.quantity !== (await quantityFor(tenantId, item))
  );
}
