import { raiseAlarm } from "@/lib/platform/alarm";
import type { Reconciled } from "./reconcile";

/**
 * An endpoint that is switched off, or has the wrong secret, is silent: events were made at Stripe and had
 * to be read from its list. One or two may be late; more than that calls for a person.
 */
export async function watchEndpoint(
  reconciled: Reconciled | null,
): Promise<void> {
  if (reconciled && reconciled.missing > 3)
    await raiseAlarm("endpoint_silent", "webhook endpoint");
}
