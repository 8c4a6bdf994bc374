// `npm run db:migrate`: applies prisma/migrations and records them as `prisma migrate deploy` does,
// so either can be used on the same database. Needs no engine download.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import pg from "pg";

const root = fileURLToPath(new URL("..", import.meta.url));

// Prisma's own lock, so that `prisma migrate deploy` and this script exclude each other.
const LOCK_ID = 72707369;
const LOCK_NOT_AVAILABLE = "55P03";

const MIGRATIONS_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/** A state or a file that a person has to put right; the message says how. */
class MigrationError extends Error {}

/**
 * Applies what is pending, each migration in a transaction of its own. Repeatable; several at once wait
 * for each other. Throws when an applied migration was edited or one has failed.
 * @param {string} url
 * @param {(line: string) => void} [log]
 * @param {string} [folder]
 * @returns {Promise<string[]>} the names applied
 */
export async function migrate(url, log = () => {}, folder = defaultFolder()) {
  return await withClient(url, async (client) => {
    await takeLock(client);
    await client.query(MIGRATIONS_TABLE);
    const recorded = await readRecorded(client);
    const pending = pendingMigrations(readMigrations(folder), recorded);
    for (const migration of pending) {
      log(`applying ${migration.name}`);
      await apply(client, migration);
    }
    return pending.map(({ name }) => name);
  });
}

/**
 * The same as the owner (DIRECT_URL, where it differs), who afterwards lets the app's login act in the
 * three roles of the first migration.
 * @param {string} databaseUrl the app's
 * @param {string | undefined} directUrl the owner's
 * @param {(line: string) => void} [log]
 */
export async function migrateAs(databaseUrl, directUrl, log = () => {}) {
  const url = directUrl || databaseUrl;
  const applied = await migrate(url, log);
  const app = userOf(databaseUrl);
  if (app !== userOf(url)) {
    await grantRoles(url, app, ["tenant", "system", "auth"]);
    log(`${app} may act in the app's three roles`);
  }
  return applied;
}

/**
 * As the owner, lets the login of TENANT_DATABASE_URL act for a tenant and as nobody else.
 * @param {string} tenantUrl
 * @param {string} ownerUrl
 */
export async function letTenantsIn(tenantUrl, ownerUrl) {
  await grantRoles(ownerUrl, userOf(tenantUrl), ["tenant"]);
}

async function grantRoles(url, user, kinds) {
  await withClient(url, async (client) => {
    for (const kind of kinds) {
      const { rows } = await client.query(
        "SELECT app_role($1) AS role, current_setting('server_version_num')::int >= 160000 AS knows_options",
        [kind],
      );
      const [{ role, knows_options }] = rows;
      const setOnly = knows_options && kind !== "auth";
      await client.query(
        `GRANT ${pg.escapeIdentifier(role)} TO ${pg.escapeIdentifier(user)}` +
          (setOnly ? " WITH SET TRUE, INHERIT FALSE" : ""),
      );
    }
  });
}

function defaultFolder() {
  return join(root, "prisma/migrations");
}

/** @param {string} folder */
function readMigrations(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(folder, name, "migration.sql"));
      const checksum = createHash("sha256").update(bytes).digest("hex");
      return { name, checksum, sql: bytes.toString("utf8") };
    });
}

function pendingMigrations(migrations, recorded) {
  const failed = recorded.find((row) => row.finished_at === null);
  if (failed) {
    throw new MigrationError(
      `The migration ${failed.migration_name} has failed in this database. Repair what it left, then run ` +
        `npx prisma migrate resolve --rolled-back ${failed.migration_name} (or --applied) and try again.`,
    );
  }
  const checksums = new Map(
    recorded.map((row) => [row.migration_name, row.checksum]),
  );
  return migrations.filter(({ name, checksum }) => {
    const applied = checksums.get(name);
    if (applied !== undefined && applied !== checksum) {
      throw new MigrationError(
        `The migration ${name} was changed after this database applied it. ` +
          `Restore prisma/migrations/${name}/migration.sql and put the change into a new migration.`,
      );
    }
    return applied === undefined;
  });
}

async function readRecorded(client) {
  const { rows } = await client.query(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  return rows;
}

async function takeLock(client) {
  await client.query("SET lock_timeout = '60s'");
  await client
    .query("SELECT pg_advisory_lock($1)", [LOCK_ID])
    .catch((error) => {
      if (error.code !== LOCK_NOT_AVAILABLE) throw error;
      throw new MigrationError("Another migration has been running for 60 s.");
    });
  await client.query("SET lock_timeout = '10s'");
}

async function apply(client, { name, checksum, sql }) {
  await client.query("BEGIN");
  try {
    const id = randomUUID();
    await client.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, clock_timestamp())",
      [id, checksum, name],
    );
    await client.query(sql);
    await client.query(
      "UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1",
      [id],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw new MigrationError(
      `The migration ${name} failed and left nothing behind: ${error.message}`,
      { cause: error },
    );
  }
}

async function withClient(url, work) {
  const client = new pg.Client({
    connectionString: url,
    application_name: "turnpike-migrate",
  });
  client.on("error", () => {}); // the query that is under way rejects as well
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function readEnvironment() {
  const file = join(root, ".env");
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  return { ...fromFile, ...process.env };
}

async function main() {
  const env = readEnvironment();
  const { DIRECT_URL, DATABASE_URL } = env;
  const url = DATABASE_URL || DIRECT_URL;
  const reason = process.argv.includes("--deploy") && whyNotNow(env);
  if (reason) return console.log(`Nothing is migrated: ${reason}.`);
  if (!url) {
    throw new MigrationError(
      "Set DATABASE_URL (or DIRECT_URL, the owner's) to the database to migrate.",
    );
  }
  const applied = await migrateAs(url, DIRECT_URL, console.log);
  const tenants = env.TENANT_DATABASE_URL;
  if (tenants) await letTenantsIn(tenants, DIRECT_URL || url);
  console.log(
    applied.length === 0
      ? "The database is up to date."
      : `${applied.length} applied.`,
  );
}

/**
 * Why the build of a deployment leaves the database alone, if it does: the first one knows none yet, and a
 * preview must not change the one that production is running on.
 * @param {Record<string, string | undefined>} env
 */
export function whyNotNow({ DATABASE_URL, VERCEL_ENV, MIGRATE_PREVIEWS }) {
  if (!DATABASE_URL) return "DATABASE_URL is not set yet";
  if (VERCEL_ENV === "preview" && MIGRATE_PREVIEWS !== "on")
    return "this is a preview; with a database of its own, set MIGRATE_PREVIEWS=on";
  return null;
}

/** @param {string} url */
function userOf(url) {
  return decodeURIComponent(new URL(url).username);
}

const isMain =
  process.argv[1] &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isMain) {
  main().catch((error) => {
    console.error(error instanceof MigrationError ? error.message : error);
    process.exit(1);
  });
}
