import type { TenantContext } from "@/lib/platform/context";
import type { Prisma, Transaction } from "@/lib/platform/db";

export type AuditAction =
  | "checkout.created"
  | "checkout.completed"
  | "checkout.expired"
  | "customer.created"
  | "customer.updated"
  | "order.recorded"
  | "order.updated"
  | "portal.opened"
  | "project.created"
  | "subscription.changed";

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
