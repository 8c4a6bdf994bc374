import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { tenantAccess } from "./access";
import { recentlySignedIn } from "./recent-sign-in";

type Wish = { tenantId?: string | undefined; userId?: string; role?: string };

/** Who decides over members; over owners, with a recent sign-in or the password: an open session is not enough. */
export const memberChange = recentlySignedIn<
  Wish,
  TenantContext & { slug: string }
>(tenantAccess("members.write"), {
  policy: "where owners change",
  when: concernsOwner,
});

/** Whether an owner is made or unmade. */
async function concernsOwner(
  ctx: TenantContext,
  { userId, role }: Wish,
): Promise<boolean> {
  if (role === "owner") return true;
  if (!userId) return false;
  const { tenantId } = ctx;
  const member = await tenantDb(ctx, (tx) =>
    tx.membership.findUnique({
      where: { tenantId_userId: { tenantId, userId } },
      select: { role: true },
    }),
  );
  return member?.role.split(",").includes("owner") ?? false;
}
