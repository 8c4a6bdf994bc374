import { log } from "@/lib/platform/log";

export type AccessChange = {
  tenantId: string;
  subscriptionId: string;
  /** Stripe's status at that moment. Ask lib/entitlements what the tenant may do now. */
  status: string;
  /** The same on every attempt: give it to what you call, so that a repeated attempt does nothing twice. */
  idempotencyKey: string;
};

/** Yours: a tenant's subscription began to give access. Provision what lives outside this database. */
export async function onAccessBegan(change: AccessChange): Promise<void> {
  log().info(
    { tenantId: change.tenantId, subscriptionId: change.subscriptionId },
    "access began",
  );
}
