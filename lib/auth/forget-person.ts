import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { authDb, tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { lockMembers, requireOtherOwner } from "./members";
import { seatsChanged } from "./seats-changed";

export type Known = {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  createdAt: Date;
  memberships: { tenantId: string; role: string; closed: boolean }[];
};

/** Who has this address; null for nobody. */
export async function findPerson(email: string): Promise<Known | null> {
  const found = await authDb().user.findUnique({
    where: { email: email.trim().toLowerCase() },
    include: { memberships: { include: { tenant: true } } },
  });
  if (!found) return null;
  const { id, name, emailVerified, createdAt } = found;
  const memberships = found.memberships.map(({ tenantId, role, tenant }) => ({
    tenantId,
    role,
    closed: tenant.closedAt !== null,
  }));
  const known = { id, name, email: found.email, emailVerified, createdAt };
  return { ...known, memberships };
}

/** Throws owns_workspace if nobody but this person owns one of these workspaces. Changes nothing. */
export async function requireNoLastOwner(
  { id }: Known,
  tenantIds: readonly string[],
): Promise<void> {
  for (const tenantId of tenantIds)
    await tenantDb({ tenantId }, async (tx) =>
      assertOtherOwner(await lockMembers(tx, tenantId), id),
    );
}

/** Takes the person out of a workspace that goes on. Throws owns_workspace. Repeatable. */
export async function leaveForGood(ctx: TenantContext, userId: string) {
  const { tenantId } = ctx;
  await tenantDb(ctx, async (tx) => {
    const members = await lockMembers(tx, tenantId);
    const member = assertOtherOwner(members, userId);
    if (!member) return;
    await tx.membership.delete({ where: { id: member.id } });
    await seatsChanged(tx, { tenantId, cause: `${member.id}:left` });
    await recordAudit(tx, ctx, "member.left", userId, { role: member.role });
  });
}

function assertOtherOwner(
  members: Awaited<ReturnType<typeof lockMembers>>,
  userId: string,
) {
  const member = members.find((one) => one.userId === userId);
  try {
    if (member) requireOtherOwner(members, member);
  } catch (cause) {
    throw new AppError("owns_workspace", { cause });
  }
  return member;
}

/** Takes the account away, with its sessions, its password and every link and invitation to its address. Repeatable. */
export async function forgetPerson({ id, email }: Known): Promise<void> {
  await authDb().$transaction([
    authDb().invitation.deleteMany({ where: { email } }),
    authDb().verification.deleteMany({
      where: {
        OR: [{ identifier: { contains: email } }, { value: { contains: id } }],
      },
    }),
    authDb().user.deleteMany({ where: { id } }),
  ]);
}
