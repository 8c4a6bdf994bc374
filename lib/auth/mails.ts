import { recordSecurity } from "@/lib/audit/record";
import { emailChange } from "@/lib/emails/email-change";
import { emailChanged } from "@/lib/emails/email-changed";
import { resetPassword } from "@/lib/emails/reset-password";
import { verifyEmail } from "@/lib/emails/verify-email";
import { env } from "@/lib/platform/env";
import { describeError, log } from "@/lib/platform/log";
import { sendMail, type Mail } from "@/lib/platform/mail";
import { changesAddress } from "./confirmation-token";
import { dropResetLinks } from "./reset-links";

// What better-auth calls when a secret has to be mailed. Nobody waits for, or learns of, a mail that failed:
// who asked can ask again.

type Recipient = { name: string; email: string };

/** To the address that is to be confirmed: the one signed up with, or a new one. */
export function mailVerification({
  user: { name, email: to },
  url,
  token,
}: {
  user: Recipient;
  url: string;
  token: string;
}): Promise<void> {
  const mail = changesAddress(token) ? emailChange : verifyEmail;
  return send(mail({ name, to, url }));
}

/** Straight to our own page, so that better-auth's address for it stays closed. */
export function mailReset({
  user,
  token,
}: {
  user: Recipient;
  token: string;
}): Promise<void> {
  const url = `${env().appUrl}/reset?token=${encodeURIComponent(token)}`;
  return send(resetPassword({ name: user.name, to: user.email, url }));
}

/** To the old address, so that nobody takes an account away unseen. */
export function mailOldAddress(
  user: Recipient,
  newEmail: string,
): Promise<void> {
  return send(emailChanged({ name: user.name, to: user.email, newEmail }));
}

/**
 * After a link from a confirmation mail was opened. Where it changed the address: links mailed to the old one
 * open nothing any more, and the person's workspaces hear of it.
 */
export async function afterVerification(
  user: { id: string },
  request: Request | undefined,
): Promise<void> {
  const token = new URL(request?.url ?? "").searchParams.get("token");
  if (!changesAddress(token)) return;
  await dropResetLinks(user.id);
  await recordSecurity({
    userId: user.id,
    action: "person.email_changed",
    cause: "confirmation link",
  });
}

async function send(mail: Mail): Promise<void> {
  await sendMail(mail).catch((error: unknown) =>
    log().error({ error: describeError(error) }, "mail not sent"),
  );
}
