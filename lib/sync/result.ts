import type { Actor } from "@/lib/platform/context";

/** Who rang, and the id of the request or event that did; `at`, when Stripe made that event. */
export type SyncCause = { actor: Actor; cause: string; at?: Date };

/** The owner of what was synced, or why it is none of ours. Both are success. */
export type SyncResult =
  | { tenantId: string }
  | {
      ignored:
        | "wrong_mode"
        | "no_customer"
        | "unknown_customer"
        | "tenant_mismatch"
        | "gone";
    };
