import type { Transaction } from "@/lib/platform/db";
import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { mayDecideOver } from "./permissions";

export type Member = { id: string; userId: string; role: string };

/**
 * Everybody in the workspace, locked until the caller's transaction ends: changes of one workspace's members
 * wait for each other, so that each decides on what the one before has left.
 */
export async function lockMembers(
  tx: Transaction,
  tenantId: string,
): Promise<Member[]> {
  await tx.$queryRaw`
    SELECT FROM membership WHERE tenant_id = ${tenantId} ORDER BY id FOR UPDATE`;
  // Read anew: whom the one before let in is not among the rows that this one waited for.
  return tx.membership.findMany({
    where: { tenantId },
    select: { id: true, userId: true, role: true },
  });
}

/** Throws forbidden unless who acts has, at this moment, a role that decides over all of these. */
export function requireDecisionOver(
  ctx: TenantContext,
  members: readonly Member[],
  roles: readonly string[],
): void {
  const held = roleOf(members, ctx.actor.id);
  if (!roles.every((role) => mayDecideOver(held, role)))
    throw new AppError("forbidden");
}

function roleOf(members: readonly Member[], userId: string): string {
  return members.find((member) => member.userId === userId)?.role ?? "";
}

/** Throws not_found for somebody who is no member. */
export function requireMember(
  members: readonly Member[],
  userId: string,
): Member {
  const member = members.find((one) => one.userId === userId);
  if (!member) throw new AppError("not_found");
  return member;
}

/** Throws last_owner if nobody else is an owner. */
export function requireOtherOwner(
  members: readonly Member[],
  leaving: Member,
): void {
  const isOwner = (member: Member) => member.role.split(",").includes("owner");
  const others = members.filter((member) => member.id !== leaving.id);
  if (isOwner(leaving) && !others.some(isOwner))
    throw new AppError("last_owner");
}
