import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import { systemDb } from "@/lib/platform/db";
import { stripe } from "@/lib/platform/stripe";
import { fromUnix } from "@/lib/platform/time";
import { syncPayment } from "./payment";
import { takeReadTicket } from "./read-budget";
import type { SyncCause, SyncResult } from "./result";

const schema = z.object({
  id: z.string(),
  /** Stripe's word, such as "made_with_stolen_card". */
  type: z.string(),
  at: z.coerce.date(),
});

/** What a card's network says of a payment: that its owner reported fraud, or will. */
export type FraudWarning = z.infer<typeof schema>;

/** Of a column that syncFraudWarning wrote; null where nobody was warned. */
export function readFraudWarning(column: unknown): FraudWarning | null {
  return schema.nullable().parse(column);
}

/** Fetches the payment, and what its card's network warns of. Repeatable: there is one warning, and it stays. */
export async function syncFraudWarning(
  paymentId: string,
  cause: SyncCause,
): Promise<SyncResult> {
  const owner = await syncPayment(paymentId, cause);
  if ("ignored" in owner) return owner;
  await takeReadTicket(cause.actor);
  const { data } = await stripe().radar.earlyFraudWarnings.list({
    payment_intent: paymentId,
    limit: 1,
  });
  const [warning] = data;
  if (!warning) return owner;
  const { tenantId } = owner;
  await systemDb("a warning of fraud", async (tx) => {
    const column = {
      id: warning.id,
      type: warning.fraud_type,
      at: fromUnix(warning.created).toISOString(),
    };
    const written = await tx.$executeRaw`
      UPDATE payment SET fraud_warning = ${JSON.stringify(column)}::jsonb
      WHERE tenant_id = ${tenantId} AND id = ${paymentId} AND fraud_warning IS NULL`;
    if (written === 0) return;
    const ctx = { tenantId, ...cause };
    const details = { warning: warning.id, type: warning.fraud_type };
    await recordAudit(tx, ctx, "payment.suspected", paymentId, details);
  });
  return owner;
}
