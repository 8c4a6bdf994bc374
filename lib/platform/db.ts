import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { Prisma, PrismaClient } from "@/prisma/client/client";
import { env } from "./env";
import { AppError } from "./errors";
import { describeError, log } from "./log";
import { seconds } from "./time";
import { traced } from "./trace";

export type Transaction = Prisma.TransactionClient;

let memo: PrismaClient | undefined;

/** For better-auth alone, which runs its own queries with the rights of the …_auth role. */
export function authDb(): PrismaClient {
  return (memo ??= connect(connections()));
}

let tenants: PrismaClient | undefined;

/** With TENANT_DATABASE_URL, what runs for a workspace has a login of its own, which can become nobody else. */
function forTenants(): PrismaClient {
  const { TENANT_DATABASE_URL } = env();
  if (!TENANT_DATABASE_URL) return authDb();
  return (tenants ??= connect(poolOf(TENANT_DATABASE_URL)));
}

let pool: pg.Pool | undefined;

/** One pool for Prisma and for systemSql, so that an instance holds no more connections than this. */
function connections(): pg.Pool {
  if (pool) return pool;
  const { DATABASE_URL } = env();
  if (!DATABASE_URL) throw new AppError("not_configured");
  return (pool = poolOf(DATABASE_URL));
}

function poolOf(connectionString: string): pg.Pool {
  const made = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: seconds(5),
    pipeline: true,
    query_timeout: seconds(6), // the last resort, also for what better-auth asks outside of a transaction
  });
  made.on("error", (error) =>
    log().warn({ error: describeError(error) }, "lost an idle connection"),
  );
  return made;
}

function connect(to: pg.Pool): PrismaClient {
  const adapter = new PrismaPg(to);
  const transactionOptions = { maxWait: seconds(5), timeout: seconds(10) };
  return new PrismaClient({ adapter, transactionOptions });
}

/** Asked of each transaction and not of the connection: a pooler refuses to connect with settings of its own. */
const bounded = Prisma.sql`set_config('statement_timeout', '5s', true), set_config('idle_in_transaction_session_timeout', '10s', true)`;
const asSystem = Prisma.sql`set_config('role', app_role('system'), true), set_config('app.tenant_id', '', true), ${bounded}`;

/**
 * One transaction that sees and writes this tenant's rows only: the database refuses the others, also to
 * raw SQL. Make no network call inside.
 */
export async function tenantDb<T>(
  { tenantId }: { tenantId: string },
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return traced("database", { "app.tenant": tenantId }, () =>
    forTenants().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT set_config('role', app_role('tenant'), true), set_config('app.tenant_id', ${tenantId}, true), ${bounded}`;
      return work(tx);
    }),
  );
}

/**
 * One transaction over every tenant's rows, for what has no tenant yet: inbox, sync, cron, staff.
 * `reason` is for the reader, and for a search of every place that crosses tenants.
 */
export async function systemDb<T>(
  reason: string,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  if (!reason) throw new Error("systemDb needs a reason");
  return traced("database", { "app.reason": reason }, () =>
    authDb().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT ${asSystem}`;
      return work(tx);
    }),
  );
}

const beginAsSystem = `BEGIN; SELECT ${asSystem.text}`;

/**
 * One statement as in systemDb, in a transaction of its own that is committed when this returns. It takes one round
 * trip instead of four: for the few statements that every event needs. Rows come as `pg` gives them: bigints as text.
 */
export async function systemSql<Row extends pg.QueryResultRow>(
  reason: string,
  { text, values }: Prisma.Sql,
): Promise<Row[]> {
  if (!reason) throw new Error("systemSql needs a reason");
  const client = await connections().connect().catch(unreachable);
  client.on("error", isRejectedToo);
  // Sent at once and answered in order: after a failure, COMMIT rolls back and says so.
  const answers = await Promise.allSettled([
    client.query(beginAsSystem),
    client.query<Row>(text, values),
    client.query("COMMIT"),
  ]);
  const failed = answers.find((answer) => answer.status === "rejected");
  client.off("error", isRejectedToo);
  client.release(answers[2].status === "rejected");
  if (failed) throw failed.reason;
  const [, result] = answers;
  return result.status === "fulfilled" ? result.value.rows : [];
}

/** A lost connection rejects what was asked on it; nobody listening to its event would end the process. */
function isRejectedToo(): void {}

/** Named here, where it is known whose connection was refused. */
function unreachable(cause: unknown): never {
  log().error({ error: describeError(cause) }, "database does not answer");
  throw new AppError("database_unavailable", { cause });
}

/** Row-level security would not hold for the roles we switch to. */
export class UnsafeRoles extends Error {
  override name = "UnsafeRoles";
}

/**
 * Throws UnsafeRoles unless both roles exist, are two, and cannot bypass row-level security; and unless the login of
 * TENANT_DATABASE_URL, where there is one, can become no other of ours.
 */
export async function assertIsolation(): Promise<void> {
  if (env().TENANT_DATABASE_URL) await assertOnlyTenant();
  const safe = await systemDb(
    "boot check",
    (tx) => tx.$queryRaw<{ rolname: string }[]>`
      SELECT DISTINCT rolname FROM pg_roles
      WHERE rolname IN (app_role('tenant'), app_role('system'))
        AND NOT (rolsuper OR rolbypassrls)`,
  );
  if (safe.length === 2) return;
  const names = safe.map((role) => role.rolname).join(", ") || "none";
  throw new UnsafeRoles(
    `Two roles must hold row-level security; these do: ${names}`,
  );
}

async function assertOnlyTenant(): Promise<void> {
  const more = await tenantDb(
    { tenantId: "" },
    (tx) => tx.$queryRaw<{ role: string }[]>`
      SELECT role FROM unnest(ARRAY[app_role('system'), app_role('auth')]) AS role
      WHERE pg_has_role(session_user, role, 'MEMBER')`,
  );
  if (more.length === 0) return;
  const names = more.map(({ role }) => role).join(", ");
  throw new UnsafeRoles(
    `The login of TENANT_DATABASE_URL can also become ${names}`,
  );
}

export { Prisma };
