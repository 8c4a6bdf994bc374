import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import nodemailer from "nodemailer";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startMailSink, type Mail, type MailSink } from "@/dev/mail";

let dataDir: string;
let sink: MailSink;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "turnpike-mail-"));
  sink = await startMailSink({ dataDir });
});

afterEach(async () => {
  await sink.close();
  await rm(dataDir, { recursive: true });
});

async function send(to: string, subject: string, html?: string) {
  const transport = nodemailer.createTransport(sink.smtpUrl);
  const text = `${subject}: https://example.test/verify?token=1&x=2`;
  await transport.sendMail({
    from: "app@example.test",
    to,
    subject,
    text,
    html,
  });
}

async function messages(query = ""): Promise<Mail[]> {
  const response = await fetch(`${sink.origin}/messages.json${query}`);
  return (await response.json()) as Mail[];
}

test("a mail can be read right after it was sent, newest first", async () => {
  await send("ada@example.test", "First");
  await send("grace@example.test", "Second", "<b>Second</b>");

  const mails = await messages();

  expect(mails.map(({ subject }) => subject)).toEqual(["Second", "First"]);
  expect(mails[0]).toMatchObject({
    to: ["grace@example.test"],
    from: "app@example.test",
    html: expect.stringContaining("<b>Second</b>") as string,
  });
});

test("mails are found by recipient, whatever the case", async () => {
  await send("Ada@Example.test", "For Ada");
  await send("grace@example.test", "For Grace");

  const mails = await messages("?to=ADA@example.test");

  expect(mails.map(({ subject }) => subject)).toEqual(["For Ada"]);
});

test("mails are still there after a restart", async () => {
  await send("ada@example.test", "Kept");
  await sink.close();
  sink = await startMailSink({ dataDir });

  expect(await messages()).toHaveLength(1);
});

test("a message's HTML is shown without any power over the page", async () => {
  await send("ada@example.test", "<i>Sly</i>", '<script>alert("1")</script>');
  const [mail] = await messages();

  const page = await (await fetch(`${sink.origin}/${mail?.id}`)).text();

  expect(page).toContain('<iframe sandbox=""');
  expect(page).not.toContain("<script>");
  expect(page).not.toContain("<i>Sly");
  expect(page).toContain('href="https://example.test/verify?token=1&amp;x=2"');
});

test("a message that is not there is said to be missing", async () => {
  const response = await fetch(`${sink.origin}/../../etc/passwd`);
  expect(response.status).toBe(404);
});

test("every mail of the app can be looked at with sample data", async () => {
  const list = await (await fetch(`${sink.origin}/previews`)).text();
  const names = [...list.matchAll(/href="\/previews\/([a-z-]+)"/g)].map(
    ([, name]) => name,
  );

  expect(names).toContain("payment-failed");
  const page = await fetch(`${sink.origin}/previews/payment-failed`);
  expect(await page.text()).toContain("Next attempt");
  const missing = await fetch(`${sink.origin}/previews/constructor`);
  expect(missing.status).toBe(404);
});
