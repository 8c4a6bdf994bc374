import { z } from "zod";
import {
  Prisma,
  systemDb,
  tenantDb,
  type Transaction,
} from "@/lib/platform/db";
import { systemTables, tenantTables } from "./tables";

/** Of GET /api/settings/export. */
export const exportRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
});

/** By table, every row as it stands, in the names of the database. Amounts are minor units. */
export const exportAnswer = z.object({
  exportedAt: z.iso.datetime(),
  workspace: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
  people: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      role: z.string(),
    }),
  ),
  tables: z.record(z.string(), z.array(z.unknown())),
});

type WorkspaceExport = z.infer<typeof exportAnswer>;

/** Everything that is kept of a workspace, its people's names and addresses included. Changes nothing. */
export async function exportWorkspace({
  tenantId,
}: {
  tenantId: string;
}): Promise<WorkspaceExport> {
  const names = Object.keys(tenantTables);
  const own = await tenantDb({ tenantId }, async (tx) => ({
    workspace: await tx.tenant.findUniqueOrThrow({
      where: { id: tenantId },
      select: { id: true, name: true, slug: true },
    }),
    people: await tx.$queryRaw<WorkspaceExport["people"]>`
      SELECT "user".id, "user".name, "user".email, role FROM membership JOIN "user" ON "user".id = user_id
      WHERE tenant_id = ${tenantId} ORDER BY membership.created_at`,
    tables: await readTables(
      tx,
      tenantId,
      names.filter((name) => !systemTables.includes(name)),
    ),
  }));
  const others = await systemDb("export of a workspace", (tx) =>
    readTables(tx, tenantId, systemTables),
  );
  return {
    exportedAt: new Date().toISOString(),
    ...own,
    tables: { ...own.tables, ...others },
  };
}

/** A column that is nobody's to read, its owner's no more than a stranger's: the hash of a key. */
function hashOf(table: string): string {
  return table === "api_key" ? "key" : "";
}

async function readTables(
  tx: Transaction,
  tenantId: string,
  names: readonly string[],
): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const name of names) {
    const table = Prisma.raw(`"${name}"`); // of our own list
    const rows = await tx.$queryRaw<{ row: unknown }[]>`
      SELECT to_jsonb(found) - ${hashOf(name)}::text AS row FROM ${table} AS found WHERE tenant_id = ${tenantId}`;
    tables[name] = rows.map(({ row }) => row);
  }
  return tables;
}
