import { systemDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";

/** By its address or its id, a closed one too. Throws not_found. */
export async function findWorkspace(
  name: string,
): Promise<{ tenantId: string }> {
  const found = await systemDb("workspace by its address", (tx) =>
    tx.tenant.findFirst({
      where: { OR: [{ slug: name }, { id: name }] },
      select: { id: true },
    }),
  );
  if (!found) throw new AppError("not_found");
  return { tenantId: found.id };
}
