import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb, type Transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { limitTries } from "@/lib/platform/rate-limit";
import { line, rowId } from "@/lib/platform/text";
import { days, hours, seconds } from "@/lib/platform/time";
import { auth } from "./auth";
import { readMaker, readPermissions, scopesOf } from "./key-scopes";
import { may, type Permission } from "./permissions";

const level = z.enum(["none", "read", "write"]).default("none");

/** The body of POST /api/api-keys. Who may write may read. */
export const makeKeyRequest = z
  .strictObject({
    tenantId: rowId.optional(),
    name: line(32),
    billing: level,
    product: level,
    days: z.enum(["30", "90", "365"]).default("90"),
    /** Where the session is older than 15 minutes: a key outlives it. */
    password: z.string().min(1).max(128).optional(),
  })
  .refine(({ billing, product }) => billing !== "none" || product !== "none", {
    path: ["billing"],
  });

/** The path of POST /api/api-keys/{keyId}/revoke. */
export const keyPath = z.strictObject({
  tenantId: rowId.optional(),
  keyId: rowId,
});

/** `key` is told here and never again: only its hash is kept. */
export const madeKeyAnswer = z.strictObject({
  id: z.string(),
  key: z.string(),
  expiresAt: z.iso.datetime(),
});

export type ApiKeyView = {
  id: string;
  name: string;
  /** Its first characters, to tell it from others. */
  start: string;
  scopes: Permission[];
  maker: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
};

type Wish = z.output<typeof makeKeyRequest>;

/**
 * A key for the tenant's own servers, which may no more than its maker may now. Throws forbidden for more than that,
 * rate_limited.
 */
export async function createKey(
  ctx: TenantContext,
  wish: Wish,
): Promise<{ id: string; key: string; expiresAt: Date }> {
  const { tenantId, actor } = ctx;
  const role = await tenantDb(ctx, (tx) => roleOf(tx, tenantId, actor.id));
  const permissions = {
    billing: upTo(wish.billing),
    product: upTo(wish.product),
  };
  for (const scope of scopesOf(permissions))
    if (!may(role, scope)) throw new AppError("forbidden");
  await limitTries({ act: "api-key", of: tenantId, max: 20, within: hours(1) });
  const made = await auth().api.createApiKey({
    body: {
      name: wish.name,
      expiresIn: days(Number(wish.days)) / seconds(1),
      permissions,
      userId: actor.id,
      organizationId: tenantId,
      metadata: { makerId: actor.id },
    },
  });
  const { id, key, expiresAt } = made;
  if (!expiresAt) throw new Error("a key without an end");
  const scopes = scopesOf(permissions).join(" ");
  await tenantDb(ctx, (tx) =>
    recordAudit(tx, ctx, "api_key.created", id, { scopes, days: wish.days }),
  );
  return { id, key, expiresAt };
}

/** From this moment it opens nothing. Repeatable. Throws not_found. */
export async function revokeKey(
  ctx: TenantContext,
  { keyId: id }: { keyId: string },
): Promise<void> {
  const own = { id, referenceId: ctx.tenantId };
  await tenantDb(ctx, async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { ...own, enabled: true },
      data: { enabled: false },
    });
    if (count > 0) return recordAudit(tx, ctx, "api_key.revoked", id);
    if ((await tx.apiKey.count({ where: own })) === 0)
      throw new AppError("not_found");
  });
}

/** Those that are not revoked, newest first. better-auth deletes an expired one when it is next used. */
export async function listKeys({
  tenantId,
}: {
  tenantId: string;
}): Promise<ApiKeyView[]> {
  return tenantDb({ tenantId }, async (tx) => {
    const rows = await tx.apiKey.findMany({
      where: { referenceId: tenantId, enabled: true },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: 100,
    });
    const makers = await tx.user.findMany({
      where: { id: { in: rows.map(({ metadata }) => readMaker(metadata)) } },
      select: { id: true, name: true },
    });
    const names = new Map(makers.map(({ id, name }) => [id, name]));
    return rows.map((row) => ({
      id: row.id,
      name: row.name ?? "",
      start: row.start ?? "",
      scopes: scopesOf(readPermissions(row.permissions)),
      maker: names.get(readMaker(row.metadata)) ?? null,
      createdAt: row.createdAt,
      lastUsedAt: row.lastRequest,
      expiresAt: row.expiresAt,
    }));
  });
}

async function roleOf(tx: Transaction, tenantId: string, userId: string) {
  const membership = await tx.membership.findFirst({
    where: { tenantId, userId },
  });
  return membership?.role ?? "";
}

function upTo(wanted: z.output<typeof level>): string[] {
  if (wanted === "none") return [];
  return wanted === "write" ? ["read", "write"] : ["read"];
}
