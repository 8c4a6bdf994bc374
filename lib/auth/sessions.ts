import { z } from "zod";
import { recordSecurity } from "@/lib/audit/record";
import { authDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { rowId } from "@/lib/platform/text";
import { describeDevice } from "./device";
import type { Visitor } from "./membership";

export const revokeSessionRequest = z.strictObject({
  sessionId: rowId,
});

export type SessionOfVisitor = {
  id: string;
  device: string;
  address: string | null;
  since: Date;
  isCurrent: boolean;
};

/** Where this person is signed in: the session that asks first, then the newest. Tokens stay in the database. */
export async function listSessions(
  visitor: Visitor,
): Promise<SessionOfVisitor[]> {
  const rows = await authDb().session.findMany({
    where: { userId: visitor.userId, expiresAt: { gt: new Date() } },
    orderBy: { createdAt: "desc" },
    take: 100,
    omit: { token: true },
  });
  const sessions = rows.map((row) => ({
    id: row.id,
    device: describeDevice(row.userAgent),
    address: row.ipAddress || null,
    since: row.createdAt,
    isCurrent: row.id === visitor.sessionId,
  }));
  return sessions.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
}

/** Ends one other session of this person, from its next request on. Throws not_found for any other id. */
export async function revokeSession(
  visitor: Visitor,
  input: { sessionId: string; cause: string },
): Promise<void> {
  const { userId } = visitor;
  const { sessionId, cause } = input;
  if (sessionId === visitor.sessionId) throw new AppError("not_found");
  const { count } = await authDb().session.deleteMany({
    where: { id: sessionId, userId },
  });
  if (count === 0) throw new AppError("not_found");
  await recordRevoked(userId, count, cause);
}

/** Ends every session of this person but the one that asks. Repeatable. */
export async function revokeOtherSessions(
  visitor: Visitor,
  input: { cause: string },
): Promise<void> {
  const { userId, sessionId } = visitor;
  const { count } = await authDb().session.deleteMany({
    where: { userId, id: { not: sessionId } },
  });
  if (count > 0) await recordRevoked(userId, count, input.cause);
}

function recordRevoked(userId: string, count: number, cause: string) {
  const action = "person.session_revoked";
  return recordSecurity({ userId, action, cause, details: { count } });
}
