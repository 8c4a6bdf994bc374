import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { migrateAs } from "../prisma/migrate.mjs";
import { root } from "./child";
import { startCron } from "./cron";
import { startMailSink, type MailSink } from "./mail";
import { startNext } from "./next";
import { isFree } from "./ports";
import { startPostgres } from "./postgres";
import { readSecrets } from "./secrets";
import { writeSettings } from "./settings";
import { startEmulator } from "./stripe/server";
import { startListening, wantsForwarding } from "./stripe-listen";
import { ensureWebhookEndpoint } from "./webhook-endpoint";

const EMULATOR_KEY = "sk_test_turnpike_emulator";
const EMULATOR_PUBLISHABLE_KEY = "pk_test_turnpike_emulator";

type Environment = NodeJS.ProcessEnv;

export type Stack = {
  appUrl: string;
  /** What the app was started with. */
  env: Environment;
  /** Null where the settings name the real thing. */
  emulator: { origin: string; close(): Promise<void> } | null;
  mail: MailSink | null;
  databaseUrl: string;
  close(): Promise<void>;
};

export type StackOptions = {
  /** `dev`: next dev. `start`: the app that `next build` made. */
  mode: "dev" | "start";
  /** Where the app is; this folder when absent. */
  appDir?: string | undefined;
  port: number;
  emulatorPort: number;
  dataDir: string;
  /** Each part that is configured here is used; only the others are supplied. */
  env: Environment;
  log?: (line: string) => void;
  /** A part ended although nobody closed the stack. */
  onLost?: (part: string) => void;
  /** Stops everything, also while it starts. */
  signal?: AbortSignal;
  /** The Stripe CLI, if not the one from npm. */
  stripeCli?: readonly string[];
  /** Off for data that need not survive a power cut. */
  fsync?: boolean;
};

type Part = { close(): unknown };
type Keep = <T extends Part>(part: T) => Promise<T>;

/** Starts the app with everything that it needs and nobody has configured. Leaves nothing behind when it throws. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const opened: Part[] = [];
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeAll(opened));
  const keep: Keep = async (part) => {
    if (closing) {
      await part.close();
      throw new Error("Stopped while starting.");
    }
    opened.push(part);
    return part;
  };
  options.signal?.addEventListener("abort", () => void close());
  try {
    return { ...(await open(options, keep)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function closeAll(opened: Part[]) {
  for (const part of opened.toReversed()) await part.close();
}

async function open(
  options: StackOptions,
  keep: Keep,
): Promise<Omit<Stack, "close">> {
  const { port, emulatorPort, dataDir, log = () => {} } = options;
  const lost = (part: string) => options.onLost?.(part);

  const env = { ...options.env };
  const ownsStripe = isAbsent(env["STRIPE_SECRET_KEY"]);
  await requireFree(port, "PORT");
  if (ownsStripe) await requireFree(emulatorPort, "STRIPE_EMULATOR_PORT");

  mkdirSync(dataDir, { recursive: true });
  const secrets = readSecrets(dataDir);
  env["PORT"] = String(port);
  const appUrl = supply(env, "APP_URL", `http://localhost:${port}`);
  const cronSecret = supply(env, "CRON_SECRET", secrets.cron);
  supply(env, "BETTER_AUTH_SECRET", secrets.betterAuth);
  supply(env, "STAFF_EMAILS", "staff@example.com");
  supply(env, "NEXT_TELEMETRY_DISABLED", "1");

  if (isAbsent(env["DATABASE_URL"])) {
    log("starting PostgreSQL");
    const { fsync } = options;
    const onLost = () => lost("PostgreSQL");
    const started = await startPostgres({ dataDir, fsync, log, onLost });
    env["DATABASE_URL"] = (await keep(started)).url;
    env["DIRECT_URL"] = "";
    env["TENANT_DATABASE_URL"] = "";
  }
  const databaseUrl = env["DATABASE_URL"] ?? "";
  await migrateAs(databaseUrl, env["DIRECT_URL"], log);

  let mail: MailSink | null = null;
  if (isAbsent(env["SMTP_URL"])) {
    mail = await keep(await startMailSink({ dataDir }));
    env["SMTP_URL"] = mail.smtpUrl;
  }

  let emulator: Stack["emulator"] = null;
  let catalogue = Promise.resolve();
  if (ownsStripe) {
    log("starting the Stripe emulator");
    const started = await startEmulator({
      port: emulatorPort,
      dataDir: join(dataDir, "stripe"),
    });
    let closing: Promise<void> | undefined;
    const close = () => (closing ??= started.close()); // a test may stop it before the rest
    emulator = await keep({ origin: started.origin, close });
    env["STRIPE_API_BASE"] = started.origin;
    env["STRIPE_SECRET_KEY"] = EMULATOR_KEY;
    env["STRIPE_PUBLISHABLE_KEY"] = EMULATOR_PUBLISHABLE_KEY;
    env["STRIPE_WEBHOOK_SECRET"] = await ensureWebhookEndpoint({
      dataDir,
      stripeOrigin: started.origin,
      stripeKey: EMULATOR_KEY,
      appUrl,
    });
    catalogue = setUpCatalogue(env, keep);
  }

  if (!ownsStripe && wantsForwarding(env)) {
    log("starting the Stripe CLI, which forwards webhooks");
    const listening = await keep(
      await startListening({
        command: options.stripeCli,
        key: env["STRIPE_SECRET_KEY"] ?? "",
        forwardTo: `${appUrl}/api/webhooks/stripe`,
        onLost: () => lost("The Stripe CLI"),
      }),
    );
    env["STRIPE_WEBHOOK_SECRET"] = listening.secret;
  }

  log("starting Next");
  const { mode, appDir } = options;
  const next = await keep(startNext({ mode, appDir, port, env, log }));
  const stopped = next.ended.then((how) => {
    throw new Error(`Next ${how}.`);
  });
  await Promise.race([Promise.all([catalogue, next.ready]), stopped]);
  stopped.catch(() => lost("Next"));

  await keep(startCron({ appUrl, secret: cronSecret, log }));
  await keep(writeSettings(dataDir, { given: options.env, used: env }));
  return { appUrl, env, emulator, mail, databaseUrl };
}

/** Puts the plans of lib/catalog into the emulator, as `npm run stripe setup` does at Stripe. */
async function setUpCatalogue(env: Environment, keep: Keep) {
  const abort = new AbortController();
  await keep({ close: () => abort.abort() });
  const args = ["--import", "tsx", "lib/cli/stripe.ts", "setup"];
  await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env,
    signal: abort.signal,
  });
}

async function requireFree(port: number, name: string) {
  if (await isFree(port)) return;
  throw new Error(
    `Port ${port} is in use. Set ${name} to another; an instance beside this one also needs a TURNPIKE_DATA of its own.`,
  );
}

/** Fills a gap and returns what holds now. */
function supply(env: Environment, name: string, value: string): string {
  const configured = env[name];
  if (configured?.trim()) return configured;
  env[name] = value;
  return value;
}

/** Blank counts as absent, as in lib/platform/env.ts. */
function isAbsent(value: string | undefined): boolean {
  return !value?.trim();
}
