import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { choosePort } from "./ports";
import { findPlace, type Place } from "./postgres-binaries";
import { findRunning } from "./postgres-running";

const run = promisify(execFile);

/** Kept beside the data it opens, so that neither can be lost without the other. */
type Access = { port: number; adminPassword: string; password: string };

export type Postgres = {
  /** Logs in as the plain role `turnpike`, the owner of the database `turnpike`. */
  url: string;
  /** Logs in as the superuser. */
  adminUrl: string;
  close(): Promise<void>;
};

type Options = {
  dataDir: string;
  /** Off for databases that need not survive a power cut: tests. */
  fsync?: boolean;
  log?: (line: string) => void;
  /** The server went away although nobody closed it. */
  onLost?: () => void;
};

/**
 * Starts the PostgreSQL of this data folder, or takes over one that an earlier run left behind.
 * Throws while another process uses the folder.
 */
export async function startPostgres(options: Options): Promise<Postgres> {
  const { dataDir, fsync = true, log = () => {}, onLost } = options;
  mkdirSync(dataDir, { recursive: true });
  const place = findPlace(dataDir, log);
  if (!existsSync(place.data)) {
    log("creating the database");
    await initialise(place);
  }

  let access = readAccess(place);
  const running = await findRunning(place.data, access.adminPassword);
  if (running) access = { ...access, port: running };
  else access = await start(place, access, fsync);
  writeAccess(place, access);

  const adminUrl = urlOf("postgres", access.adminPassword, access.port);
  const holder = await holdFolder(adminUrl, dataDir);
  await ensureDatabase(holder, access.password);

  let closing = false;
  let lost = false;
  holder.on("error", () => {}); // 'end' follows
  holder.on("end", () => {
    if (closing) return;
    lost = true;
    onLost?.();
  });
  return {
    url: urlOf("turnpike", access.password, access.port),
    adminUrl,
    close: async () => {
      closing = true;
      if (lost) return;
      await control(place, ["stop", "-m", "fast", "-t", "30"]);
      await holder.end().catch(() => {});
    },
  };
}

async function initialise(place: Place) {
  const fresh = `${place.data}.new`;
  const passwordFile = `${place.data}.password`;
  const access: Access = {
    port: 0,
    adminPassword: randomBytes(18).toString("base64url"),
    password: randomBytes(18).toString("base64url"),
  };
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, access.adminPassword, { mode: 0o600 });
  for (const path of [fresh, passwordFile]) giveTo(place, path);

  try {
    await runAs(place, "initdb", [
      `--pgdata=${fresh}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--set=listen_addresses=127.0.0.1",
      "--set=unix_socket_directories=",
      "--set=max_connections=200",
      "--no-instructions",
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeAccess({ ...place, data: fresh }, access);
  renameSync(fresh, place.data);
}

async function start(place: Place, access: Access, fsync: boolean) {
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(access.port);
    const settings = `-p ${port}${fsync ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"}`;
    const log = join(place.data, "server.log");
    try {
      await control(place, ["start", "-l", log, "-o", settings, "-t", "60"]);
      return { ...access, port };
    } catch (error) {
      // Somebody was quicker to take the port, or the last server's workers are still ending.
      if (attempt === 3) {
        throw new Error(`PostgreSQL does not start; ${log} says why.`, {
          cause: error,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** The lock lives as long as this connection: nothing can leave it behind, not even kill -9. */
async function holdFolder(adminUrl: string, dataDir: string) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ held: boolean }>(
    "SELECT pg_try_advisory_lock(1) AS held",
  );
  if (rows[0]?.held) return client;
  await client.end();
  throw new Error(
    `${dataDir} is in use by another process. Stop that one, or set TURNPIKE_DATA, PORT and STRIPE_EMULATOR_PORT to others.`,
  );
}

async function ensureDatabase(admin: pg.Client, password: string) {
  const { rows } = await admin.query(
    "SELECT FROM pg_roles WHERE rolname = 'turnpike'",
  );
  if (rows.length === 0) {
    await admin.query(
      `CREATE ROLE turnpike LOGIN CREATEROLE PASSWORD ${pg.escapeLiteral(password)}`,
    );
  }
  const databases = await admin.query(
    "SELECT FROM pg_database WHERE datname = 'turnpike'",
  );
  if (databases.rows.length === 0) {
    await admin.query("CREATE DATABASE turnpike OWNER turnpike");
  }
}

function control(place: Place, args: string[]) {
  return runAs(place, "pg_ctl", [...args, "-D", place.data, "-w", "-s"]);
}

function runAs(place: Place, program: string, args: string[]) {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C" };
  for (const name of Object.keys(env)) {
    if (name.startsWith("PG")) delete env[name]; // PGPORT and the like are about another server
  }
  const cwd = join(place.data, ".."); // the caller's may be closed to this user
  return run(join(place.bin, program), args, { ...place.runAs, cwd, env });
}

function giveTo({ runAs: { uid, gid } }: Place, path: string) {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

function readAccess(place: Place): Access {
  const file = join(place.data, "turnpike.json");
  return JSON.parse(readFileSync(file, "utf8")) as Access;
}

function writeAccess(place: Place, access: Access) {
  const file = join(place.data, "turnpike.json");
  writeFileSync(file, JSON.stringify(access), { mode: 0o600 });
  giveTo(place, file);
}

function urlOf(user: string, password: string, port: number) {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${user}`;
}
