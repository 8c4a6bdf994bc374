import { Prisma, systemSql } from "@/lib/platform/db";
import { env, missingSettings } from "@/lib/platform/env";
import pg from "pg";
import { seconds } from "@/lib/platform/time";
import { good, wrong, type Check } from "./check";
import { listMigrations } from "./migrations";

const oldest = 150_000; // PostgreSQL 15

/** What must be set at all, and readable. */
const settings: Check = {
  name: "Settings",
  part: "database",
  async look() {
    env(); // throws with one line for each that is malformed
    const missing = missingSettings();
    if (missing.length === 0) return good("All are readable.");
    return wrong(
      `Not set: ${missing.join(", ")}.`,
      ...(missing.includes("DATABASE_URL")
        ? ['DATABASE_URL="postgres://user:password@host:5432/name"']
        : []),
      ...(missing.includes("BETTER_AUTH_SECRET")
        ? ['BETTER_AUTH_SECRET="$(openssl rand -base64 32)"']
        : []),
    );
  },
};

/** Asked as the login itself: the roles that the app acts in may not exist yet. */
const database: Check = {
  name: "Database",
  part: "database",
  needs: ["Settings"],
  async look() {
    const client = new pg.Client({
      connectionString: env().DATABASE_URL,
      connectionTimeoutMillis: seconds(5),
      query_timeout: seconds(5),
    });
    client.on("error", () => {}); // the query that is under way rejects as well
    try {
      await client.connect();
      const { rows } = await client.query<{ version: number; text: string }>(
        `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS text`,
      );
      const [server] = rows;
      if (!server) throw new Error("it told no version");
      return server.version >= oldest
        ? good(`PostgreSQL ${server.text} answers.`)
        : wrong(`PostgreSQL ${server.text} is too old: 15 or newer is needed.`);
    } catch (error) {
      const why = error instanceof Error ? error.message : "";
      return wrong(
        `It does not answer at DATABASE_URL${why && `: ${why}`}.`,
        'psql "$DATABASE_URL" -c "SELECT 1"',
      );
    } finally {
      await client.end().catch(() => {});
    }
  },
};

type Recorded = {
  name: string;
  checksum: string;
  finished: boolean;
};

const migrations: Check = {
  name: "Migrations",
  part: "database",
  needs: ["Database"],
  async look() {
    const expected = listMigrations();
    const fix = "npm run db:migrate";
    const recorded = await readRecorded().catch(notMigrated);
    if (!recorded) return wrong("None has been applied to this database.", fix);
    const unfinished = recorded.find((one) => !one.finished);
    if (unfinished)
      return wrong(
        `${unfinished.name} has failed in this database.`,
        `npx prisma migrate resolve --rolled-back ${unfinished.name}`,
        fix,
      );
    const known = new Map(recorded.map((one) => [one.name, one.checksum]));
    const missing = expected.filter(({ name }) => !known.has(name));
    if (missing.length > 0)
      return wrong(
        `Not applied yet: ${missing.map(({ name }) => name).join(", ")}.`,
        fix,
      );
    const changed = expected.find(
      ({ name, checksum }) => known.get(name) !== checksum,
    );
    return changed
      ? wrong(
          `${changed.name} was changed after this database applied it.`,
          `git checkout -- prisma/migrations/${changed.name}`,
        )
      : good(`All ${expected.length} are applied.`);
  },
};

function readRecorded(): Promise<Recorded[]> {
  return systemSql<Recorded>(
    "which migrations are applied",
    Prisma.sql`SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
      FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
}

/** No function app_role, no table _prisma_migrations, or no right to read it: what the migrations bring. */
function notMigrated(error: unknown): null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "42883" || code === "42P01" || code === "42501") return null;
  throw error;
}

export const databaseChecks: readonly Check[] = [
  settings,
  database,
  migrations,
];
