import { z } from "zod";
import { productName } from "@/lib/catalog/prices";
import { isLive } from "@/lib/entitlements/resolve";
import { systemDb, type Prisma } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import {
  before,
  beyond,
  newestFirst,
  pageOf,
} from "@/lib/platform/newest-first";

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
 * A page of workspaces, newest first, and where the next one begins; null at the end. Searched by a part of
 * its name or address, by its id, by the address of somebody in it, or by its customer's id or address.
 */
export async function listTenantLines(
  filter: z.infer<typeof tenantFilter>,
): Promise<{ tenants: TenantLine[]; older: string | null }> {
  const rows = await systemDb("workspaces for staff", (tx) =>
    tx.tenant.findMany({
      relationLoadStrategy: "join",
      where: { AND: [matching(filter.search), beyond(filter.before)] },
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

function matching(search: string | undefined): Prisma.TenantWhereInput {
  if (!search) return {};
  const part = { contains: search, mode: "insensitive" } as const;
  const whole = { equals: search, mode: "insensitive" } as const;
  return {
    OR: [
      { id: search },
      { name: part },
      { slug: part },
      { memberships: { some: { user: { email: search.toLowerCase() } } } },
      { customers: { some: { OR: [{ id: search }, { email: whole }] } } },
    ],
  };
}
