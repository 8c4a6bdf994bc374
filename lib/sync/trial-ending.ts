import { systemDb } from "@/lib/platform/db";
import { addMails } from "./effect";
import { isNews } from "./news";
import type { SyncCause, SyncResult } from "./result";
import { syncSubscription } from "./subscription";

/** Stores the subscription and, if it is still on a trial that will be charged for, asks for the mail. */
export async function syncEndingTrial(
  id: string,
  cause: SyncCause,
): Promise<SyncResult> {
  const owner = await syncSubscription(id, cause);
  if ("ignored" in owner) return owner;
  const { tenantId } = owner;
  await systemDb("trial ends soon", async (tx) => {
    const { status, trialEnd, cancelAt, customerId } =
      await tx.subscription.findUniqueOrThrow({
        where: { tenantId_id: { tenantId, id } },
      });
    if (status !== "trialing" || cancelAt || !trialEnd || !isNews(trialEnd))
      return;
    const end = trialEnd.toISOString();
    const payload = { subscriptionId: id, customerId, trialEnd: end };
    await addMails(tx, tenantId, [
      { kind: "mail.trial_ending", cause: `${id}:${end}`, payload },
    ]);
  });
  return owner;
}
