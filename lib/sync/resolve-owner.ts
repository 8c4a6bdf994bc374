import type Stripe from "stripe";
import { livemode } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";

import { syncCustomer } from "./customer";
import { getOwner } from "./owner";
import { idOf } from "./reference";
import type { SyncCause, SyncResult } from "./result";

type Owned = {
  id: string;
  livemode: boolean;
  customer: string | { id: string } | null;
  metadata: Stripe.Metadata | null;
};

/**
 * Whose this object is: always by its customer, never by its metadata, which anyone in the Dashboard can
 * write. Metadata that names another tenant quarantines it (trust I18). The customer's own row exists
 * afterwards.
 */
export async function resolveOwner(
  object: Owned,
  cause: SyncCause,
): Promise<SyncResult> {
  if (object.livemode !== livemode()) return { ignored: "wrong_mode" };
  const customerId = idOf(object.customer);
  if (!customerId) return { ignored: "no_customer" };
  const known = await getOwner(customerId);
  const result = known
    ? { tenantId: known }
    : await syncCustomer(customerId, cause);
  if ("ignored" in result) return result;
  const named = object.metadata?.tenant_id;
  if (named && named !== result.tenantId) {
    log().error(
      { objectId: object.id, tenantId: result.tenantId },
      "object names another tenant",
    );
    return { ignored: "tenant_mismatch" };
  }
  return result;
}
