import { z } from "zod";
import { line } from "@/lib/platform/text";

/** The body of every act on one subscription; its id may stand in the path. */
export const subscriptionRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  subscriptionId: line(255),
  /** For forms, which cannot send an Idempotency-Key. */
  requestKey: line(255).optional(),
});
