import type { Prisma, Transaction } from "@/lib/platform/db";

export type EffectKind = "purchase_paid" | "access_began" | "access_ended";

/** Asks for something that must happen once because of `cause`. Asking again changes nothing. */
export async function addEffect(
  tx: Transaction,
  effect: {
    tenantId: string;
    kind: EffectKind;
    cause: string;
    payload: Prisma.InputJsonObject;
  },
): Promise<void> {
  await tx.effect.createMany({ data: [effect], skipDuplicates: true });
}
