import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "@/prisma/client/client";
import { env } from "./env";
import { AppError } from "./errors";
import { seconds } from "./time";

export type Transaction = Prisma.TransactionClient;

let memo: PrismaClient | undefined;

/** For better-auth alone, which runs its own queries with the rights of the …_auth role. */
export function authDb(): PrismaClient {
  return (memo ??= connect());
}

function connect(): PrismaClient {
  const { DATABASE_URL } = env();
  if (!DATABASE_URL) throw new AppError("not_configured");
  const adapter = new PrismaPg({
    connectionString: DATABASE_URL,
    max: 10,
    connectionTimeoutMillis: seconds(5),
    statement_timeout: seconds(5),
    idle_in_transaction_session_timeout: seconds(10),
  });
  const transactionOptions = { maxWait: seconds(5), timeout: seconds(10) };
  return new PrismaClient({ adapter, transactionOptions });
}

/**
 * One transaction that sees and writes this tenant's rows only: the database refuses the others, also to
 * raw SQL. Make no network call inside.
 */
export async function tenantDb<T>(
  { tenantId }: { tenantId: string },
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return authDb().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config('role', app_role('tenant'), true), set_config('app.tenant_id', ${tenantId}, true)`;
    return work(tx);
  });
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
  return authDb().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config('role', app_role('system'), true), set_config('app.tenant_id', '', true)`;
    return work(tx);
  });
}

/** Row-level security would not hold for the roles we switch to. */
export class UnsafeRoles extends Error {
  override name = "UnsafeRoles";
}

/** Throws UnsafeRoles unless both roles exist, are two, and cannot bypass row-level security. */
export async function assertIsolation(): Promise<void> {
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

export { Prisma };
