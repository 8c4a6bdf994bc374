import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { Prisma, tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { line } from "@/lib/platform/text";

/** Words that could be taken for a part of the product. */
const reserved: ReadonlySet<string> = new Set(
  `account admin api app audit auth billing checkout docs help invite legal login members new pricing
  projects settings setup sign-in sign-up status support system team www`.split(
    /\s+/,
  ),
);

export const renameRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  name: line(80),
  slug: z.string().trim().max(255),
});

export const renamedAnswer = z.strictObject({
  slug: z.string(),
  /** Where its pages are now, if they moved. */
  location: z.string().optional(),
});

/**
 * Gives a workspace its name and its address. The old address leads nowhere afterwards. Throws slug_malformed,
 * slug_reserved and slug_taken. Saying the same again changes nothing and leaves no trace.
 */
export async function renameWorkspace(
  ctx: TenantContext,
  input: { name: string; slug: string },
): Promise<void> {
  const { tenantId: id } = ctx;
  const { name, slug } = input;
  if (!/^(?=.{3,60}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
    throw new AppError("slug_malformed", { param: "slug" });
  if (reserved.has(slug))
    throw new AppError("slug_reserved", { param: "slug" });
  try {
    await tenantDb(ctx, async (tx) => {
      const before = await tx.tenant.findUniqueOrThrow({ where: { id } });
      const fields = [
        ...(before.name === name ? [] : ["name"]),
        ...(before.slug === slug ? [] : ["slug"]),
      ];
      if (fields.length === 0) return;
      await tx.tenant.update({ where: { id }, data: { name, slug } });
      await recordAudit(tx, ctx, "workspace.renamed", id, { fields });
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new AppError("slug_taken", { param: "slug", cause: error });
  }
}

function isTaken(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    error.code === "P2002"
  );
}
