import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Stripe from "stripe";
import { root } from "../../dev/child";
import { startMailSink } from "../../dev/mail";
import { choosePort } from "../../dev/ports";
import { startEmulator } from "../../dev/stripe/server";
import { ensureWebhookEndpoint } from "../../dev/webhook-endpoint";
import { createRandom } from "../simulation/random";
import { cleanEnvironment } from "../support/clean-environment.mjs";
import { startPgbouncer } from "../support/pgbouncer";
import { startBalancer } from "./balancer";
import { startDatabase } from "./database";
import { startInstance, type Instance } from "./instance";
import type { Paid } from "./life";
import { createMischief } from "./mischief";
import { startPostgresProxy, type PostgresProxy } from "./postgres-proxy";
import { startStripeProxy } from "./stripe-proxy";

export type World = Awaited<ReturnType<typeof startWorld>>;

/** What the app's own code said that it did; a line for each time. */
export type Said = {
  msg: string;
  orderId?: string;
  subscriptionId?: string;
  effectId?: string;
};

/**
 * The built app in `instances` processes, Postgres, Stripe and mail, with a proxy on each way. `pooled`: all of them
 * share so many connections to Postgres, behind PgBouncer.
 */
export async function startWorld(options: {
  seed: number;
  instances: number;
  appDir: string;
  pooled?: number;
}) {
  const folder = await mkdtemp(join(tmpdir(), "turnpike-chaos-"));
  await chmod(folder, 0o711); // as root, Postgres runs as another user
  const random = createRandom(options.seed);
  const mischief = createMischief(random);
  const database = await startDatabase(folder);
  const mail = await startMailSink({ dataDir: folder });
  const { pooled } = options;
  const pool =
    pooled === undefined
      ? null
      : await startPgbouncer(database.url, { connections: pooled });

  const instances: Instance[] = [];
  const balancer = await startBalancer({
    targets: () => instances.map(({ port }) => port),
    losesAnswer: () => mischief.losesWebhookAnswer(),
  });
  const emulatorPort = await choosePort(0);
  const stripeProxy = await startStripeProxy({
    target: () => emulatorPort,
    decide: ({ key }) =>
      names.has(key) ? mischief.stripe(key) : { kind: "pass" },
  });
  const stripeFolder = join(folder, "stripe");
  const emulator = await startEmulator({
    port: emulatorPort,
    dataDir: stripeFolder,
    origin: stripeProxy.origin,
  });
  const names = new Set<string>();
  const stripeKey = "sk_test_chaos_operator";
  const direct = `http://localhost:${emulatorPort}`;
  const webhookSecret = await ensureWebhookEndpoint({
    dataDir: folder,
    stripeOrigin: direct,
    stripeKey,
    appUrl: balancer.origin,
  });
  const cronSecret = randomBytes(18).toString("hex");
  const env = {
    ...cleanEnvironment(root, folder),
    APP_URL: balancer.origin,
    DATABASE_URL: database.url,
    BETTER_AUTH_SECRET: randomBytes(24).toString("hex"),
    CRON_SECRET: cronSecret,
    STRIPE_API_BASE: stripeProxy.origin,
    STRIPE_SECRET_KEY: stripeKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_READS_PER_SECOND: "500",
    SMTP_URL: mail.smtpUrl,
    TRUSTED_PROXY: "1", // each person has an address of their own
    LOG_LEVEL: "info",
  };
  const cli = (command: string) =>
    promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "lib/cli/stripe.ts", command],
      { cwd: root, env: { ...env, STRIPE_API_BASE: direct } },
    );
  await cli("setup");

  const said: Said[] = [];
  const note = (line: string) => {
    if (line.startsWith("{")) said.push(JSON.parse(line) as Said);
  };
  const proxies: PostgresProxy[] = [];
  for (let at = 0; at < options.instances; at += 1) {
    const name = `sk_test_chaos_instance_${at}`;
    names.add(name);
    const proxy = await startPostgresProxy({
      target: () => (pool ? Number(new URL(pool.url).port) : database.port()),
      decide: (message) => mischief.postgres(name, message),
    });
    proxies.push(proxy);
    const url = new URL(database.url);
    url.port = String(proxy.port);
    const instance = startInstance({
      port: await choosePort(0),
      appDir: options.appDir,
      env: { ...env, DATABASE_URL: url.href, STRIPE_SECRET_KEY: name },
      logFile: join(folder, `instance-${at}.log`),
      onLine: note,
      onReady: () => mischief.arm(name),
    });
    instances.push(instance);
    mischief.addInstance(name, () => instance.kill());
  }
  await Promise.all(instances.map((one) => one.ready()));

  const stripe = new Stripe(stripeKey, {
    host: "localhost",
    port: emulatorPort,
    protocol: "http",
    telemetry: false,
  });
  const prices = await stripe.prices.list({
    lookup_keys: ["pro_monthly", "business_monthly"],
  });
  let keys = 0;
  return {
    folder,
    random,
    mischief,
    database,
    proxies,
    stripe,
    prices: prices.data,
    stripeUrl: stripeProxy.origin,
    appUrl: balancer.origin,
    acknowledged: balancer.acknowledged,
    paid: new Map<string, Paid>(),
    said,
    note: (what: string) => mischief.count(what),
    nextKey: () => (keys += 1),
    journal: join(stripeFolder, "journal.jsonl"),
    mailUrl: mail.origin,
    ready: () => Promise.all(instances.map((one) => one.ready())),
    /** What the app was started with, for a worker beside the instances; and where each of those listens. */
    env: { ...env, DATABASE_URL: pool?.url ?? database.url },
    ports: instances.map(({ port }) => port),

    async control(
      method: "DELETE" | "GET" | "POST",
      path: string,
      body?: object,
    ) {
      const answer = await fetch(`${direct}/_emulator/${path}`, {
        method,
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`emulator: ${path}: ${text}`);
      return JSON.parse(text) as {
        clock: { offset_seconds: number };
        pending_deliveries: { type: string; next_at: number | null }[];
      };
    },

    /** Time passes at Stripe, with all that it brings. */
    async advance(seconds: number) {
      const { clock } = await this.control("POST", "clock", {
        advance_seconds: seconds,
      });
      stripeProxy.shift(clock.offset_seconds);
    },

    /** A cron route of the app, as its scheduler calls it. Null where it did not answer 200. */
    async cron(
      name: "drain" | "heal",
    ): Promise<Record<string, unknown> | null> {
      try {
        const answer = await fetch(`${balancer.origin}/api/cron/${name}`, {
          method: "POST",
          headers: { authorization: `Bearer ${cronSecret}` },
          signal: AbortSignal.timeout(60_000),
        });
        const text = await answer.text();
        if (!answer.ok) return null;
        const done = JSON.parse(text) as Record<string, unknown>;
        if (name === "heal") countMended(mischief.count, done);
        return done;
      } catch {
        return null;
      }
    },

    /** What the app's own look at its money finds: the command fails where it is anything. */
    async leaks(): Promise<string[]> {
      const { stdout } = await cli("money").catch(
        (failure: { stdout: string }) => failure,
      );
      const leaks = JSON.parse(stdout) as { objectId: string; what: string }[];
      return leaks.map(({ objectId, what }) => `${objectId} ${what}`);
    },

    async close({ keep }: { keep: boolean }) {
      for (const instance of instances) await instance.stop();
      for (const proxy of proxies) await proxy.close();
      await emulator.close();
      await balancer.close();
      await stripeProxy.close();
      await mail.close();
      await pool?.close();
      await database.close();
      if (!keep) await rm(folder, { recursive: true, force: true });
    },
  };
}

type Healed = {
  reconciled?: { missing: number } | null;
  swept?: Record<string, { drifted: number } | null>;
};

function countMended(
  count: (what: string, by: number) => void,
  { reconciled, swept }: Healed,
) {
  count("healed: events fetched from Stripe's list", reconciled?.missing ?? 0);
  for (const [kind, done] of Object.entries(swept ?? {}))
    count(`healed: ${kind} found by the sweep`, done?.drifted ?? 0);
}
