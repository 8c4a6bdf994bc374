import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readFile, readdir, rename, writeFile } from "node:fs/promises";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { listPage, messagePage, previewPage, previewsPage } from "./mail-pages";

export type Mail = {
  id: string;
  messageId: string;
  to: string[];
  from: string;
  subject: string;
  text: string;
  html: string;
  receivedAt: string;
};

export type MailSink = {
  smtpUrl: string;
  /** Where the page and /messages.json are. */
  origin: string;
  close(): Promise<void>;
};

const ID = /^[0-9]{13}-[0-9a-f]{8}$/;

/** Takes every mail over SMTP, keeps it as a file and shows it on a page. Nothing leaves the machine. */
export async function startMailSink(options: {
  dataDir: string;
  port?: number;
  /** Addresses that it does not take for now, as a full or greylisting server. */
  refuses?: (address: string) => boolean;
}): Promise<MailSink> {
  const folder = join(options.dataDir, "mail");
  mkdirSync(folder, { recursive: true });

  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onAuth: (auth, _session, done) => done(null, { user: auth.username }),
    onRcptTo: ({ address }, _session, done) =>
      options.refuses?.(address)
        ? done(
            Object.assign(new Error("Try again later"), { responseCode: 451 }),
          )
        : done(),
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        save(folder, Buffer.concat(chunks)).then(() => done(), done);
      });
    },
  });
  smtp.on("error", () => {}); // a client that hangs up is no reason to end
  const http = createServer((request, response) => {
    answer(folder, request, response).catch((error: unknown) => {
      respond(response, 500, "text/plain", String(error));
    });
  });

  const smtpPort = await listen(smtp.server, 0);
  const httpPort = await listen(http, options.port ?? 0);
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    origin: `http://127.0.0.1:${httpPort}`,
    close: async () => {
      http.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => http.close(() => resolve())),
        new Promise<void>((resolve) => smtp.close(() => resolve())),
      ]);
    },
  };
}

let lastStamp = 0;

/** Written whole under another name first: a reader never sees half a message. */
async function save(folder: string, raw: Buffer) {
  lastStamp = Math.max(Date.now(), lastStamp + 1); // two in one millisecond stay in order
  const id = `${lastStamp}-${randomBytes(4).toString("hex")}`;
  const file = join(folder, `${id}.eml`);
  await writeFile(`${file}.part`, raw);
  await rename(`${file}.part`, file);
}

async function answer(
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const url = new URL(request.url ?? "/", "http://localhost");
  const id = url.pathname.slice(1);
  if (url.pathname === "/messages.json") {
    const mails = await list(folder, url.searchParams.get("to"));
    respond(response, 200, "application/json", JSON.stringify(mails));
  } else if (url.pathname === "/") {
    respond(response, 200, "text/html", listPage(await list(folder, null)));
  } else if (url.pathname === "/previews") {
    // Imported when they are looked at: they bring the app's own code with them.
    const { mailSamples } = await import("./mail-samples");
    respond(response, 200, "text/html", previewsPage(mailSamples));
  } else if (url.pathname.startsWith("/previews/")) {
    await answerPreview(response, url.pathname.slice("/previews/".length));
  } else if (ID.test(id)) {
    const mail = await read(folder, id).catch(() => null);
    if (mail) respond(response, 200, "text/html", messagePage(mail));
    else respond(response, 404, "text/plain", "There is no such message.");
  } else {
    respond(response, 404, "text/plain", "There is no such page.");
  }
}

/** Every mail as the app would send it, with sample data; `<name>.html` is the message alone. */
async function answerPreview(response: ServerResponse, path: string) {
  const { mailSamples } = await import("./mail-samples");
  const { renderMail } = await import("@/lib/platform/mail");
  const name = path.replace(/\.html$/, "");
  const mail = Object.hasOwn(mailSamples, name) && mailSamples[name];
  if (!mail) {
    respond(response, 404, "text/plain", "There is no such mail.");
    return;
  }
  const parts = await renderMail(mail);
  const page =
    path === name ? previewPage({ name, ...mail, ...parts }) : parts.html;
  respond(response, 200, "text/html", page);
}

/** Newest first. */
async function list(folder: string, to: string | null): Promise<Mail[]> {
  const ids = (await readdir(folder))
    .filter((name) => name.endsWith(".eml"))
    .map((name) => name.slice(0, -".eml".length))
    .sort()
    .reverse();
  const mails = await Promise.all(ids.map((id) => read(folder, id)));
  const wanted = to?.toLowerCase();
  return wanted ? mails.filter((mail) => mail.to.includes(wanted)) : mails;
}

async function read(folder: string, id: string): Promise<Mail> {
  const raw = await readFile(join(folder, `${id}.eml`));
  const parsed = await PostalMime.parse(raw);
  return {
    id,
    messageId: parsed.messageId ?? "",
    to: (parsed.to ?? []).flatMap(({ address }) =>
      address ? [address.toLowerCase()] : [],
    ),
    from: parsed.from?.address ?? "",
    subject: parsed.subject ?? "",
    text: parsed.text ?? "",
    html: parsed.html ?? "",
    receivedAt: new Date(Number(id.split("-")[0])).toISOString(),
  };
}

function respond(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
) {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}

async function listen(
  server: Server | SMTPServer["server"],
  port: number,
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}
