import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { root } from "../../dev/child";
import { startNext } from "../../dev/next";
import { choosePort } from "../../dev/ports";
import { startPostgres, type Postgres } from "../../dev/postgres";
import { startStack } from "../../dev/stack";
import { startEmulator } from "../../dev/stripe/server";
import { cleanEnvironment } from "../support/clean-environment.mjs";
import { fill, givenUp, type Size } from "./fill";
import { seed, type Seed } from "./seed";

/** One of two databases that differ in size alone, with an app of its own before it. */
export type Twin = { name: string; origin: string; db: pg.Client };

type Part = { close(): unknown };

/** What `empty` means: as much as fills the first page of a list, so that both show the same. */
const small: Size = { tenants: 120, events: 1_000 };

/**
 * Two apps of the same build on two databases of one Postgres: nearly empty, and filled up to `size`. Both have the
 * same workspace with the same rows, and share the emulator.
 */
export async function startTwins(options: {
  appDir: string;
  size: Size;
  say: (line: string) => void;
}) {
  const { appDir, size, say } = options;
  const folder = await mkdtemp(join(tmpdir(), "turnpike-scale-"));
  await chmod(folder, 0o711); // as root, Postgres runs as another user
  const opened: Part[] = [
    { close: () => rm(folder, { recursive: true, force: true }) },
  ];
  const close = async () => {
    for (const part of opened.splice(0).toReversed()) await part.close();
  };
  try {
    return { ...(await open()), close };
  } catch (error) {
    await close();
    throw error;
  }

  async function open() {
    const postgres = await startConfigured(folder);
    opened.push(postgres);
    const emulatorPort = await choosePort(0);
    const { seeded, env } = await makeSeed({
      appDir,
      folder,
      emulatorPort,
      postgres,
    });
    const admin = await connect(postgres.adminUrl, "postgres");
    opened.push({ close: () => admin.end() });
    await admin.query("CREATE EXTENSION pg_stat_statements");
    await fillBoth(admin, postgres.adminUrl);
    const stripeFolder = join(folder, "stripe");
    opened.push(
      await startEmulator({ port: emulatorPort, dataDir: stripeFolder }),
    );

    const start = async (name: string): Promise<Twin> => {
      const port = await choosePort(0);
      const url = new URL(postgres.url);
      url.pathname = `/${name}`;
      const origin = `http://localhost:${port}`;
      const own = {
        PORT: String(port),
        APP_URL: origin,
        DATABASE_URL: url.href,
      };
      const lines: string[] = [];
      const next = startNext({
        mode: "start",
        appDir,
        port,
        env: { ...env, ...own, LOG_LEVEL: "error" },
        log: (line) => lines.push(line),
      });
      opened.push(next, { close: () => lines.forEach((line) => say(line)) });
      await next.ready;
      const db = await connect(postgres.adminUrl, name);
      opened.push({ close: () => db.end() });
      return { name, origin, db };
    };
    return {
      seeded,
      env,
      admin,
      log: join(folder, "postgres/server.log"),
      empty: await start("turnpike"),
      full: await start("turnpike_full"),
    };
  }

  async function fillBoth(admin: pg.Client, adminUrl: string) {
    const first = await connect(adminUrl, "turnpike");
    await fill(first, { tenants: 0, events: 0 }, small);
    for (const sql of givenUp) await first.query(sql);
    await first.end();
    await admin.query(
      "CREATE DATABASE turnpike_full TEMPLATE turnpike OWNER turnpike",
    );
    const began = performance.now();
    const second = await connect(adminUrl, "turnpike_full");
    await fill(second, small, size);
    const { rows } = await second.query<{ bytes: string }>(
      "SELECT pg_size_pretty(pg_database_size(current_database())) AS bytes",
    );
    await second.end();
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    say(
      `filled: ${size.tenants} workspaces, ${size.events} events, ${rows[0]?.bytes}, in ${seconds} s`,
    );
  }
}

/** The app runs once on empty data, and the workspace comes into being as people make one. */
async function makeSeed(options: {
  appDir: string;
  folder: string;
  emulatorPort: number;
  postgres: Postgres;
}): Promise<{ seeded: Seed; env: NodeJS.ProcessEnv }> {
  const { appDir, folder, emulatorPort, postgres } = options;
  const lines: string[] = [];
  const stack = await startStack({
    mode: "start",
    appDir,
    port: await choosePort(0),
    emulatorPort,
    dataDir: folder,
    env: {
      ...cleanEnvironment(root, folder),
      DATABASE_URL: postgres.url,
      STRIPE_READS_PER_SECOND: "10000",
      LOG_LEVEL: "error",
    },
    log: (line) => lines.push(line),
  });
  try {
    const db = await connect(postgres.adminUrl, "turnpike");
    const seeded = await seed(stack.appUrl, db);
    await db.end();
    return { seeded, env: stack.env };
  } catch (error) {
    for (const line of lines) console.log(line);
    throw error;
  } finally {
    await stack.close();
  }
}

/** What counts each statement and explains it, loaded; nothing has to survive. */
async function startConfigured(dataDir: string): Promise<Postgres> {
  const first = await startPostgres({ dataDir, fsync: false });
  const admin = await connect(first.adminUrl, "postgres");
  for (const setting of [
    "shared_preload_libraries = 'pg_stat_statements', 'auto_explain'",
    "pg_stat_statements.track_planning = on",
    "log_line_prefix = '[%d] '",
    "auto_explain.log_format = 'json'",
    "auto_explain.log_analyze = on",
    "auto_explain.log_timing = off",
    "shared_buffers = '512MB'",
    "max_wal_size = '4GB'",
  ])
    await admin.query(`ALTER SYSTEM SET ${setting}`);
  await admin.end();
  await first.close();
  return startPostgres({ dataDir, fsync: false });
}

async function connect(adminUrl: string, name: string): Promise<pg.Client> {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  client.on("error", () => {}); // the query's own promise says it
  await client.connect();
  return client;
}
