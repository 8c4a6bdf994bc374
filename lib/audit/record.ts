import type { TenantContext } from "@/lib/platform/context";
import { systemDb, type Prisma, type Transaction } from "@/lib/platform/db";
import type { AuditAction, SecurityAction } from "./actions";

/** One row beside the change it describes, in the caller's transaction. Ids and codes only. */
export async function recordAudit(
  tx: Transaction,
  ctx: TenantContext,
  action: AuditAction,
  objectId: string,
  details?: Prisma.InputJsonObject,
): Promise<void> {
  await tx.auditEntry.create({
    data: {
      tenantId: ctx.tenantId,
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
      action,
      objectId,
      cause: ctx.cause,
      ...(details && { details }),
    },
  });
}

/**
 * One row in each open workspace of the person, who is actor and object at once. `cause` is a request id; ids and
 * codes only, never an address or a token. Somebody without a workspace leaves no trace here.
 */
export async function recordSecurity(event: {
  userId: string;
  action: SecurityAction;
  cause: string;
  details?: Prisma.InputJsonObject;
}): Promise<void> {
  const { userId, action, cause, details } = event;
  await systemDb("security event of a person", async (tx) => {
    const memberships = await tx.membership.findMany({
      where: { userId, tenant: { closedAt: null } },
      select: { tenantId: true },
    });
    await tx.auditEntry.createMany({
      data: memberships.map(({ tenantId }) => ({
        tenantId,
        actorKind: "user",
        actorId: userId,
        action,
        objectId: userId,
        cause,
        ...(details && { details }),
      })),
    });
  });
}
