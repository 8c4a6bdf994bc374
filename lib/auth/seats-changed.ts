import { sellsSeats } from "@/lib/entitlements/seat-count";
import type { Transaction } from "@/lib/platform/db";
import { addEffect } from "@/lib/sync/effect";

/** Has the paid seats counted anew, in the transaction that changes the members. */
export async function seatsChanged(
  tx: Transaction,
  { tenantId, cause }: { tenantId: string; cause: string },
): Promise<void> {
  if (!sellsSeats()) return;
  await addEffect(tx, { tenantId, kind: "seats_changed", cause, payload: {} });
}
