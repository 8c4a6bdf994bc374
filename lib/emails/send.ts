import { tenantDb, type Transaction } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { sendMail, type Mail } from "@/lib/platform/mail";
import { billingMail, type BillingMailKind } from "./billing-mail";
import { invitationMail } from "./invitation-mail";
import { getAddress, type Addressee } from "./recipients";

type Effect<Kind> = {
  tenantId: string;
  /** Becomes the Message-ID: a mail sent again after an unknown outcome is the same mail. */
  id: string;
  kind: Kind;
  payload: unknown;
};

/** Sends an invitation to the address that it names, unless it is no longer open. Throws as sendMail does. */
export async function sendInvitation(
  effect: Effect<"mail.invitation">,
): Promise<void> {
  await send(
    effect,
    await tenantDb(effect, (tx) => invitationMail(tx, effect)),
  );
}

/**
 * Sends one copy of a mail about billing, unless what it says is no longer true or the one it is for has
 * left. Throws as sendMail does; sending it again is safe.
 */
export async function sendBillingMail(
  effect: Effect<BillingMailKind>,
  to: Addressee,
): Promise<void> {
  const mail = await tenantDb(effect, async (tx) => {
    const about = await aboutOf(tx, effect.tenantId, to);
    return about && billingMail(tx, effect, about);
  });
  await send(effect, mail);
}

async function aboutOf(tx: Transaction, tenantId: string, to: Addressee) {
  const address = await getAddress(tx, { tenantId, to });
  if (!address) return null;
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const billingUrl = `${env().appUrl}/t/${tenant.slug}/billing`;
  return { to: address, workspace: tenant.name, billingUrl };
}

async function send(
  { tenantId, id, kind }: Effect<string>,
  mail: Mail | null,
): Promise<void> {
  if (mail) return sendMail(mail, id);
  log().info({ tenantId, effectId: id, kind }, "mail no longer needed");
}
