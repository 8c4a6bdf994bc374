import { log } from "@/lib/platform/log";
import type { AccessChange } from "./on-access-began";

/** Yours: a tenant's subscription no longer gives access. Keep its data; take back what costs you. */
export async function onAccessEnded(change: AccessChange): Promise<void> {
  log().info(
    { tenantId: change.tenantId, subscriptionId: change.subscriptionId },
    "access ended",
  );
}
