import { systemDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { isAPIError } from "better-auth/api";
import { auth } from "./auth";

export type Visitor = {
  userId: string;
  name: string;
  email: string;
  emailVerified: boolean;
  sessionId: string;
  /** When this session began. */
  signedInAt: Date;
};

export type TenantOfVisitor = {
  tenantId: string;
  slug: string;
  name: string;
  role: string;
};

/** Who sends these headers; null without a valid session. Read from the database every time. */
export async function getVisitor(headers: Headers): Promise<Visitor | null> {
  const session = await auth()
    .api.getSession({ headers })
    .catch(databaseTrouble);
  if (!session) return null;
  const { id, name, email, emailVerified } = session.user;
  return {
    userId: id,
    name,
    email,
    emailVerified,
    sessionId: session.session.id,
    signedInAt: session.session.createdAt,
  };
}

/** better-auth wraps what the database says into an error of its own. */
function databaseTrouble(error: unknown): never {
  if (!isAPIError(error)) throw error;
  throw new AppError("database_unavailable", { cause: error });
}

/** A person's open workspaces with their role in each, oldest first. Never cached (trust I20). */
export async function listTenants(userId: string): Promise<TenantOfVisitor[]> {
  return systemDb(
    "workspaces of a visitor",
    (tx) => tx.$queryRaw<TenantOfVisitor[]>`
      SELECT tenant.id AS "tenantId", slug, name, role
      FROM membership JOIN tenant ON tenant.id = tenant_id
      WHERE user_id = ${userId} AND closed_at IS NULL ORDER BY membership.created_at, membership.id`,
  );
}
