import type { MailKind, MailRequest } from "@/lib/emails/payload";
import type { Prisma, Transaction } from "@/lib/platform/db";

export type EffectKind =
  | "purchase_paid"
  | "purchase_taken_back"
  | "access_began"
  | "access_ended"
  | "seats_changed"
  | MailKind;

export type Effect = {
  tenantId: string;
  kind: EffectKind;
  cause: string;
  payload: Prisma.InputJsonObject;
};

/** Asks for something that must happen once because of `cause`. Asking again changes nothing; says whether it was new. */
export async function addEffect(
  tx: Transaction,
  effect: Effect,
): Promise<boolean> {
  const data = [effect];
  const { count } = await tx.effect.createMany({ data, skipDuplicates: true });
  return count > 0;
}

/** Asks for mails in the transaction that stores the fact they tell of. */
export async function addMails(
  tx: Transaction,
  tenantId: string,
  mails: readonly MailRequest[],
): Promise<void> {
  for (const mail of mails) await addEffect(tx, { tenantId, ...mail });
}
