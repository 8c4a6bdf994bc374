import { createTransport, type Transporter } from "nodemailer";
import { env } from "./env";
import { log } from "./log";
import { seconds } from "./time";

let memo: Transporter | undefined;

export type Mail = { to: string; subject: string; text: string };

/** Hands one mail to the SMTP server. Throws when it is not accepted. Without SMTP_URL it only says so. */
export async function sendMail(mail: Mail): Promise<void> {
  const { SMTP_URL, MAIL_FROM } = env();
  if (!SMTP_URL) {
    log().warn({ subject: mail.subject }, "SMTP_URL is not set: mail not sent");
    return;
  }
  memo ??= createTransport({ url: SMTP_URL, connectionTimeout: seconds(5) });
  await memo.sendMail({ from: MAIL_FROM, ...mail });
}
