import { z } from "zod";
import type { MailKind } from "@/lib/emails/payload";
import { addressee, listAddressees } from "@/lib/emails/recipients";
import { sendBillingMail, sendInvitation } from "@/lib/emails/send";
import { systemDb } from "@/lib/platform/db";
import { addEffect } from "@/lib/sync/effect";

type MailEffect = {
  tenantId: string;
  id: string;
  kind: MailKind;
  payload: unknown;
};

const copyPayload = z.object({ addressee });

/**
 * A mail about billing first becomes one effect for each person it is for, so that an address that is
 * refused neither holds the others back nor makes them get it twice; then each is sent by itself.
 */
export async function runMail(effect: MailEffect): Promise<void> {
  const { kind } = effect;
  if (kind === "mail.invitation") return sendInvitation({ ...effect, kind });
  const copy = copyPayload.safeParse(effect.payload);
  if (copy.success)
    return sendBillingMail({ ...effect, kind }, copy.data.addressee);
  await addCopies(effect);
}

const originalPayload = z
  .record(z.string(), z.json())
  .and(z.object({ customerId: z.string().nullable() }));

async function addCopies({ tenantId, id, kind, payload }: MailEffect) {
  const original = originalPayload.parse(payload);
  const { customerId } = original;
  await systemDb("address a mail", async (tx) => {
    for (const to of await listAddressees(tx, { tenantId, customerId })) {
      const [whom] = Object.values(to);
      await addEffect(tx, {
        tenantId,
        kind,
        cause: `${id}:${whom}`,
        payload: { ...original, addressee: to },
      });
    }
  });
}
