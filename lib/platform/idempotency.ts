import type { TenantContext } from "./context";
import { tenantDb } from "./db";
import { AppError } from "./errors";

/**
 * Holds a caller to its own Idempotency-Key: the first use stores what was asked, a later one with the same
 * key must ask the same. Throws invalid_idempotency_key or idempotency_mismatch. Null means: no key given.
 */
export async function holdToKey(
  ctx: TenantContext,
  {
    route,
    key,
    fingerprint,
  }: { route: string; key: string | null; fingerprint: string },
): Promise<void> {
  if (key === null) return;
  if (!/^[\x20-\x7e]{1,255}$/.test(key))
    throw new AppError("invalid_idempotency_key");
  const id = { tenantId: ctx.tenantId, route, key };
  await tenantDb(ctx, async (tx) => {
    await tx.requestKey.createMany({
      data: [{ ...id, fingerprint }],
      skipDuplicates: true,
    });
    const stored = await tx.requestKey.findUniqueOrThrow({
      where: { tenantId_route_key: id },
    });
    if (stored.fingerprint !== fingerprint)
      throw new AppError("idempotency_mismatch");
  });
}
