import { authDb } from "@/lib/platform/db";

/** Takes its people, its invitations and its name out of an ended workspace. Repeatable. */
export async function forgetWorkspace(tenantId: string): Promise<void> {
  await authDb().$transaction([
    authDb().invitation.deleteMany({ where: { tenantId } }),
    authDb().membership.deleteMany({ where: { tenantId } }),
    authDb().apiKey.deleteMany({ where: { referenceId: tenantId } }),
    authDb().session.updateMany({
      where: { activeOrganizationId: tenantId },
      data: { activeOrganizationId: null },
    }),
    authDb().tenant.update({
      where: { id: tenantId },
      data: {
        name: "Erased workspace",
        slug: erasedSlug(tenantId),
        logo: null,
        metadata: null,
      },
    }),
  ]);
}

/** Where an erased workspace is still found, by staff. */
export function erasedSlug(tenantId: string): string {
  return `erased-${tenantId.toLowerCase()}`;
}
