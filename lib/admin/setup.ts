import { isAddressKnown, missingSettings } from "@/lib/platform/env";
import { paymentsConfigured } from "@/lib/platform/stripe";

/**
 * What this deployment still lacks: settings without which no page works, the keys for payments, and where it is
 * reached.
 */
export function getSetupState() {
  return {
    missing: missingSettings(),
    payments: paymentsConfigured(),
    address: isAddressKnown(),
  };
}
