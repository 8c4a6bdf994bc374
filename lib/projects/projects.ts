import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import { getRights, requireRoomFor } from "@/lib/entitlements/check";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { line } from "@/lib/platform/text";

// The sample of your own product: something a tenant owns, a plan limits and a paid feature reports on.

export const projectRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  name: line(80),
});

/** Throws limit_reached when the plan allows no more; simultaneous calls cannot pass it together. */
export async function createProject(
  ctx: TenantContext,
  input: { name: string },
): Promise<{ id: string }> {
  const { tenantId } = ctx;
  return tenantDb(ctx, async (tx) => {
    await requireRoomFor(tx, tenantId, "projects", () =>
      tx.project.count({ where: { tenantId } }),
    );
    const { id } = await tx.project.create({
      data: { tenantId, name: input.name, createdBy: ctx.actor.id },
    });
    await recordAudit(tx, ctx, "project.created", id);
    return { id };
  });
}

/** The newest hundred, how many there are, and what the plan allows. */
export async function getProjectsPage({ tenantId }: { tenantId: string }) {
  return tenantDb({ tenantId }, async (tx) => ({
    rights: await getRights(tx, tenantId),
    total: await tx.project.count({ where: { tenantId } }),
    projects: await tx.project.findMany({
      where: { tenantId },
      orderBy: { createdAt: "desc" },
      take: 100,
    }),
  }));
}

type Week = { week: Date; count: number };

/** How many were begun in each of the last `weeks` weeks, oldest first; null where no plan includes it. */
export async function getReport(
  { tenantId }: { tenantId: string },
  weeks: number,
): Promise<Week[] | null> {
  return tenantDb({ tenantId }, async (tx) => {
    const rights = await getRights(tx, tenantId);
    if (!rights.has("reports")) return null;
    return tx.$queryRaw<Week[]>`
      SELECT week, count(project.id)::int AS count
      FROM generate_series(date_trunc('week', now()) - make_interval(weeks => ${weeks - 1}),
        date_trunc('week', now()), interval '1 week') AS week
      LEFT JOIN project ON tenant_id = ${tenantId}
        AND created_at >= week AND created_at < week + interval '1 week'
      GROUP BY week ORDER BY week`;
  });
}
