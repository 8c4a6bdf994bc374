import { recordAudit } from "@/lib/audit/record";
import { isLive, mayGiveAccess } from "@/lib/entitlements/resolve";
import type { Transaction } from "@/lib/platform/db";
import { isDoubled } from "./doubled";
import { addEffect } from "./effect";
import type { SyncCause } from "./result";

/** What metrics and access depend on. Dates alone, as at a renewal, are no change (hazard 16). */
type Summary = {
  status: string;
  priceId: string | null;
  quantity: number | null;
  amount: string;
};

export function summarise(
  status: string,
  items: readonly {
    priceId: string;
    quantity: number | null;
    unitAmount: bigint | null;
  }[],
): Summary {
  const amount = items.reduce(
    (sum, i) => sum + (i.unitAmount ?? 0n) * BigInt(i.quantity ?? 1),
    0n,
  );
  const [first] = items.toSorted((a, b) => a.priceId.localeCompare(b.priceId));
  return {
    status,
    priceId: first?.priceId ?? null,
    quantity: first?.quantity ?? null,
    amount: String(amount),
  };
}

/**
 * Writes down what has changed, with the effects it causes; nothing where nothing has. Says whether it now
 * stands beside another live one of its product group.
 */
export async function recordChange(
  tx: Transaction,
  change: {
    key: { tenantId: string; id: string };
    currency: string;
    was: Summary | null;
    is: Summary;
    cause: SyncCause;
  },
): Promise<boolean> {
  const { key, was, is, cause } = change;
  if (JSON.stringify(was) === JSON.stringify(is)) return false;
  const { id: changeId } = await tx.subscriptionChange.create({
    data: {
      tenantId: key.tenantId,
      subscriptionId: key.id,
      fromStatus: was?.status ?? null,
      toStatus: is.status,
      fromPriceId: was?.priceId ?? null,
      toPriceId: is.priceId,
      quantity: is.quantity,
      amount: BigInt(is.amount),
      currency: change.currency,
      cause: cause.cause,
    },
  });
  const details = { from: was?.status ?? null, to: is.status };
  await recordAudit(
    tx,
    { ...key, ...cause },
    "subscription.changed",
    key.id,
    details,
  );
  const cameToLife = isLive(is.status) && !(was && isLive(was.status));
  const doubled = cameToLife && (await isDoubled(tx, key, cause));
  const hadAccess = was !== null && mayGiveAccess(was.status);
  if (hadAccess === mayGiveAccess(is.status)) return doubled;
  await addEffect(tx, {
    tenantId: key.tenantId,
    kind: hadAccess ? "access_ended" : "access_began",
    cause: changeId,
    payload: { subscriptionId: key.id, status: is.status },
  });
  return doubled;
}
