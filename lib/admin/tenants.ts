import { z } from "zod";
import { productName } from "@/lib/catalog/prices";
import { isLive } from "@/lib/entitlements/resolve";
import { Prisma, systemDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import {
  before,
  beyond,
  newestFirst,
  pageOf,
} from "@/lib/platform/newest-first";
import { beyondSql, search, wordsOf } from "./search";

const pageSize = 50;

/** As it stands in the page's address; what makes no sense counts as absent. */
export const tenantFilter = z.object({
  search: z.string().trim().min(1).max(254).optional().catch(undefined),
  before,
});

export type TenantLine = {
  id: string;
  name: string;
  slug: string;
  createdAt: Date;
  closed: boolean;
  members: number;
  /** What it pays for, in the catalogue's names. */
  plans: string[];
};

/**
 * A page of workspaces, newest first, and where the next one begins; null at the end. Searched by words of its name
 * or address (their beginnings), by its id or the id of anything it has at Stripe, by the email of somebody in it, or
 * by its customer's.
 */
export async function listTenantLines(
  filter: z.infer<typeof tenantFilter>,
): Promise<{ tenants: TenantLine[]; older: string | null }> {
  const where = filter.search
    ? { id: { in: await findIds(filter.search, filter.before) } }
    : beyond(filter.before);
  const rows = await systemDb("workspaces for staff", (tx) =>
    tx.tenant.findMany({
      relationLoadStrategy: "join",
      where,
      orderBy: newestFirst,
      take: pageSize + 1,
      include: {
        subscriptions: {
          where: { livemode: livemode() },
          include: { items: true },
        },
        _count: { select: { memberships: true } },
      },
    }),
  );
  const { page, older } = pageOf(rows, pageSize);
  return {
    tenants: page.map((row) => ({
      id: row.id,
      name: row.name,
      slug: row.slug,
      createdAt: row.createdAt,
      closed: row.closedAt !== null,
      members: row._count.memberships,
      plans: row.subscriptions
        .filter(({ status }) => isLive(status))
        .flatMap(({ items }) =>
          items.map((item) => productName(item.productId)),
        ),
    })),
    older,
  };
}

/** Each way has an index of its own: asked for as one condition, all workspaces would be gone through. */
async function findIds(
  wanted: string,
  before: string | undefined,
): Promise<string[]> {
  const further = beyondSql(before);
  const take = pageSize + 1;
  const found = await search<{ id: string }>(
    "search of workspaces",
    Prisma.sql`
    SELECT id FROM (
      (SELECT id, created_at FROM tenant
       WHERE search_words(name || ' ' || slug) @@ to_tsquery('simple', ${wordsOf(wanted)}) AND ${further}
       ORDER BY created_at DESC, id DESC LIMIT ${take})
      UNION
      SELECT id, created_at FROM tenant WHERE ${further} AND id IN (
        SELECT ${wanted} UNION ALL
        SELECT tenant_id FROM membership JOIN "user" ON "user".id = user_id WHERE email = ${wanted.toLowerCase()} UNION ALL
        SELECT tenant_id FROM stripe_object_owner WHERE stripe_id = ${wanted} UNION ALL
        SELECT tenant_id FROM customer WHERE lower(email) = lower(${wanted}))
    ) AS found ORDER BY created_at DESC, id DESC LIMIT ${take}`,
  );
  return found.map(({ id }) => id);
}
