import type { ReactElement } from "react";
import { render, toPlainText } from "@react-email/components";
import { createTransport, type Transporter } from "nodemailer";
import { env } from "./env";
import { log } from "./log";
import { seconds } from "./time";

let memo: Transporter | undefined;

/** One mail to one address. Its HTML and its plain text are made of the same component. */
export type Mail = { to: string; subject: string; body: ReactElement };

/**
 * Hands one mail to the SMTP server. Throws when it is not accepted. Without SMTP_URL it only says so.
 * Give an `id` where it may be sent again after an unknown outcome: it is the same message then.
 */
export async function sendMail(mail: Mail, id?: string): Promise<void> {
  const { SMTP_URL, MAIL_FROM, appUrl } = env();
  if (!SMTP_URL) {
    log().warn("SMTP_URL is not set: mail not sent");
    return;
  }
  memo ??= connect(SMTP_URL);
  await memo.sendMail({
    from: MAIL_FROM,
    to: { name: "", address: mail.to }, // as one address, whatever is in it
    subject: mail.subject,
    ...(await renderMail(mail)),
    ...(id && { messageId: `<${id}@${new URL(appUrl).hostname}>` }),
    headers: { "Auto-Submitted": "auto-generated" },
  });
}

/** Throws unless the SMTP server is there and takes the login. Sends nothing. */
export async function checkMailServer(): Promise<void> {
  const { SMTP_URL } = env();
  if (!SMTP_URL) throw new Error("SMTP_URL is not set");
  const transport = connect(SMTP_URL);
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}

/** A server that hangs costs seconds, not the minutes that nodemailer would wait. */
function connect(url: string): Transporter {
  return createTransport({
    url,
    connectionTimeout: seconds(5),
    greetingTimeout: seconds(5),
    socketTimeout: seconds(15),
  });
}

/** Both parts of a mail, as they are sent. */
export async function renderMail({
  body,
}: Pick<Mail, "body">): Promise<{ html: string; text: string }> {
  const html = await render(body);
  const text = toPlainText(html, {
    selectors: [
      { selector: "h1", options: { uppercase: false } },
      {
        selector: "table.facts",
        format: "dataTable",
        options: { uppercaseHeaderCells: false },
      },
    ],
  });
  return { html, text: `${text}\n` };
}
