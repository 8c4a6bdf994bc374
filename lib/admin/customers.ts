import { z } from "zod";
import { systemDb, type Prisma } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { dashboardUrl } from "@/lib/platform/stripe";
import {
  before,
  beyond,
  listOf,
  newestFirst,
  pageOf,
} from "@/lib/platform/newest-first";

export const staffCustomerListAnswer = listOf(
  z
    .strictObject({
      id: z.string(),
      name: z.string().nullable(),
      email: z.string().nullable(),
      deleted: z.boolean(),
      createdAt: z.iso.datetime(),
      tenantId: z.string(),
      tenantName: z.string(),
      url: z.url(),
    })
    .meta({ id: "StaffCustomer" }),
);

const pageSize = 50;

/** What stands in the address; what makes no sense counts as absent. */
export const customerFilter = z.strictObject({
  search: z.string().trim().min(1).max(254).optional().catch(undefined),
  before,
});

export type StaffCustomer = {
  id: string;
  name: string | null;
  email: string | null;
  deleted: boolean;
  createdAt: Date;
  tenantId: string;
  tenantName: string;
  /** Its place in Stripe's Dashboard. */
  url: string;
};

/**
 * A page of customers of our key's mode, newest first, and where the next one begins; null at the end. Searched
 * by id, email or a part of the name in our own rows: Stripe's search is late (hazard 40).
 */
export async function listCustomers(
  filter: z.infer<typeof customerFilter>,
): Promise<{ data: StaffCustomer[]; older: string | null }> {
  const rows = await systemDb("customers for staff", (tx) =>
    tx.customer.findMany({
      where: {
        livemode: livemode(),
        AND: [matching(filter.search), beyond(filter.before)],
      },
      orderBy: newestFirst,
      take: pageSize + 1,
      include: { tenant: { select: { name: true } } },
    }),
  );
  const { page, older } = pageOf(rows, pageSize);
  return {
    data: page.map(({ tenant, ...row }) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      deleted: row.deleted,
      createdAt: row.createdAt,
      tenantId: row.tenantId,
      tenantName: tenant.name,
      url: dashboardUrl(`/customers/${row.id}`),
    })),
    older,
  };
}

function matching(search: string | undefined): Prisma.CustomerWhereInput {
  if (!search) return {};
  const whole = { equals: search, mode: "insensitive" } as const;
  const part = { contains: search, mode: "insensitive" } as const;
  return { OR: [{ id: search }, { email: whole }, { name: part }] };
}
