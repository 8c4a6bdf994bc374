import { recordAudit } from "@/lib/audit/record";
import { endWorkspace } from "@/lib/auth/close-workspace";
import { erasedSlug, forgetWorkspace } from "@/lib/auth/forget-workspace";
import { deleteCustomer } from "@/lib/billing/delete-customer";
import type { TenantContext } from "@/lib/platform/context";
import {
  Prisma,
  systemDb,
  tenantDb,
  type Transaction,
} from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { forgetEvents } from "@/lib/webhooks/forget-events";
import { keepErasing } from "./erasures";
import { tenantTables } from "./tables";

/**
 * Ends a workspace and takes everything out of it that tells of a person, at Stripe and then here; amounts, moments
 * and ids stay for the books. Repeatable: it goes on where it stopped, and takes what has arrived since, as
 * finishErasures does for some days. Throws what endWorkspace and deleteCustomer throw.
 */
export async function eraseWorkspace(ctx: TenantContext): Promise<void> {
  const { tenantId } = ctx;
  await endWorkspace(ctx);
  const customers = await tenantDb(ctx, (tx) =>
    tx.customer.findMany({
      where: { tenantId },
      select: { id: true, livemode: true, deleted: true },
    }),
  );
  for (const one of customers)
    if (!one.deleted && one.livemode === livemode())
      await deleteCustomer(ctx, one.id);
  await forgetEvents({ ids: customers.map(({ id }) => id), tenantId });
  await tenantDb(ctx, async (tx) => {
    await eraseRows(tx, tenantId, "tenant");
    const { slug } = await tx.tenant.findUniqueOrThrow({
      where: { id: tenantId },
    });
    if (slug !== erasedSlug(tenantId))
      await recordAudit(tx, ctx, "workspace.erased", tenantId);
  });
  await systemDb("erasure of a workspace", (tx) =>
    eraseRows(tx, tenantId, "system"),
  );
  await keepErasing({ kind: "workspace", subject: tenantId });
  await forgetWorkspace(tenantId); // last: until then it is found by its address
}

async function eraseRows(
  tx: Transaction,
  tenantId: string,
  role: "tenant" | "system",
): Promise<void> {
  for (const [name, decision] of Object.entries(tenantTables)) {
    if ("keep" in decision || decision.by !== role) continue;
    const table = Prisma.raw(`"${name}"`); // of our own list, as what is set
    if ("set" in decision)
      await tx.$executeRaw`UPDATE ${table} SET ${Prisma.raw(decision.set)} WHERE tenant_id = ${tenantId}`;
    else
      await tx.$executeRaw`DELETE FROM ${table} WHERE tenant_id = ${tenantId}`;
  }
}
