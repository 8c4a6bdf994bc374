import { missingSettings } from "@/lib/platform/env";
import { paymentsConfigured } from "@/lib/platform/stripe";

/** What this deployment still lacks: settings without which no page works, and the keys for payments. */
export function getSetupState(): { missing: string[]; payments: boolean } {
  return { missing: missingSettings(), payments: paymentsConfigured() };
}
