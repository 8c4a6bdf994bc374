import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { root } from "../../dev/child";
import { startNext } from "../../dev/next";
import { choosePort } from "../../dev/ports";
import { startPostgres } from "../../dev/postgres";
import { signatureHeader } from "../../dev/stripe/signature";
import { migrate } from "../../prisma/migrate.mjs";
import { buildAlone } from "../support/build-alone.mjs";
import { cleanEnvironment } from "../support/clean-environment.mjs";
import type { Post } from "./post-many";

const secret = `whsec_${randomBytes(24).toString("hex")}`;
const cronSecret = randomBytes(24).toString("hex");

function sign(body: string): Post {
  const now = Math.floor(Date.now() / 1000);
  return { body, signature: signatureHeader(body, [secret], now) };
}

/**
 * A production build of a copy of the app, with the empty route beside its own, on a Postgres that writes through
 * to the disk. `profile`: a folder for what `--cpu-prof` tells of the server.
 */
export async function startWebhookApp(
  stripeOrigin: string,
  profile: string | undefined,
) {
  const scratch = await mkdtemp(join(tmpdir(), "turnpike-bench-"));
  await chmod(scratch, 0o711); // as root, Postgres runs as another user
  const clean = cleanEnvironment(root, scratch);
  const appDir = join(scratch, "app");
  const added = join(root, "tests/bench/added");
  const built = await buildAlone(appDir, clean, added);
  if (!built.ok) throw new Error(built.output);

  const dataDir = join(scratch, "data");
  const postgres = await startPostgres({ dataDir });
  await migrate(postgres.url);
  const admin = new URL(postgres.adminUrl);
  admin.pathname = new URL(postgres.url).pathname;
  const pool = new pg.Pool({ connectionString: admin.href, max: 1 });
  const port = await choosePort(0);
  const lines: string[] = [];
  const next = startNext({
    mode: "start",
    appDir,
    port,
    env: {
      ...clean,
      PORT: String(port),
      APP_URL: `http://localhost:${port}`,
      DATABASE_URL: postgres.url,
      BETTER_AUTH_SECRET: randomBytes(32).toString("hex"),
      CRON_SECRET: cronSecret,
      STRIPE_SECRET_KEY: "sk_test_bench12345678",
      STRIPE_API_BASE: stripeOrigin,
      STRIPE_WEBHOOK_SECRET: secret,
      STRIPE_READS_PER_SECOND: "10000",
      LOG_LEVEL: "error",
    },
    log: (line) => lines.push(line),
    nodeArgs: profile ? ["--cpu-prof", `--cpu-prof-dir=${profile}`] : [],
  });
  await next.ready.catch(async (error: unknown) => {
    await next.close();
    await postgres.close();
    throw error;
  });

  return {
    port,
    lines,
    sign,

    async sql<Row extends pg.QueryResultRow>(
      text: string,
      values: unknown[] = [],
    ): Promise<Row[]> {
      return (await pool.query<Row>(text, values)).rows;
    },

    /** As a host's scheduler calls it. Says how many events it worked on. */
    async drain(): Promise<number> {
      const url = `http://127.0.0.1:${port}/api/cron/drain`;
      const headers = { authorization: `Bearer ${cronSecret}` };
      const answer = await fetch(url, { method: "POST", headers });
      if (!answer.ok) throw new Error(await answer.text());
      const { events } = (await answer.json()) as { events: number };
      return events;
    },

    /** What the server holds, in MB. */
    memory(): number {
      const args = ["-o", "rss=", "-p", String(next.pid)];
      return Math.round(Number(execFileSync("ps", args)) / 1024);
    },

    async close() {
      await next.close();
      await pool.end();
      await postgres.close();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

export type WebhookApp = Awaited<ReturnType<typeof startWebhookApp>>;
