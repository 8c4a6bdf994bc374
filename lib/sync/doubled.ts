import { recordAudit } from "@/lib/audit/record";
import { productGroup } from "@/lib/catalog/prices";
import { isLive } from "@/lib/entitlements/resolve";
import type { Transaction } from "@/lib/platform/db";
import type { SyncCause } from "./result";

/**
 * Whether a subscription came to life beside another live one of its product group: somebody is paying
 * twice. Writes that down and changes neither: which of them was meant is for people to say.
 */
export async function isDoubled(
  tx: Transaction,
  { tenantId, id }: { tenantId: string; id: string },
  cause: SyncCause,
): Promise<boolean> {
  // Two that come to life at once must see each other: the later one waits here for the earlier.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`subscriptions:${tenantId}`}, 0))`;
  const all = await tx.subscription.findMany({
    where: { tenantId },
    include: { items: true },
  });
  const own = all.find((one) => one.id === id);
  const groups = new Set(
    own?.items.map(({ productId }) => productGroup(productId)),
  );
  groups.delete(null);
  const others = all.filter(
    (one) =>
      one !== own &&
      one.livemode === own?.livemode &&
      isLive(one.status) &&
      one.items.some(({ productId }) => groups.has(productGroup(productId))),
  );
  if (others.length === 0) return false;
  const beside = others.map((one) => one.id);
  await recordAudit(tx, { tenantId, ...cause }, "subscription.doubled", id, {
    beside,
  });
  return true;
}
