import { z } from "zod";
import { Prisma, systemDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { dashboardUrl } from "@/lib/platform/stripe";
import {
  before,
  beyond,
  listOf,
  newestFirst,
  pageOf,
} from "@/lib/platform/newest-first";
import { beyondSql, search, wordsOf } from "./search";

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
 * by id, email or words of the name (their beginnings) in our own rows: Stripe's search is late (hazard 40).
 */
export async function listCustomers(
  filter: z.infer<typeof customerFilter>,
): Promise<{ data: StaffCustomer[]; older: string | null }> {
  const where = filter.search
    ? { OR: await findPlaces(filter.search, filter.before) }
    : { livemode: livemode(), ...beyond(filter.before) };
  const rows = await systemDb("customers for staff", (tx) =>
    tx.customer.findMany({
      relationLoadStrategy: "join",
      where,
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

/** Each way has an index of its own: asked for as one condition, all customers would be gone through. */
async function findPlaces(
  wanted: string,
  before: string | undefined,
): Promise<{ tenantId: string; id: string }[]> {
  const ours = Prisma.sql`livemode = ${livemode()} AND ${beyondSql(before)}`;
  const take = pageSize + 1;
  return search(
    "search of customers",
    Prisma.sql`
    SELECT tenant_id AS "tenantId", id FROM (
      (SELECT tenant_id, id, created_at FROM customer
       WHERE search_words(name) @@ to_tsquery('simple', ${wordsOf(wanted)}) AND ${ours}
       ORDER BY created_at DESC, id DESC LIMIT ${take})
      UNION
      (SELECT tenant_id, id, created_at FROM customer WHERE lower(email) = lower(${wanted}) AND ${ours}
       ORDER BY created_at DESC, id DESC LIMIT ${take})
      UNION
      SELECT tenant_id, id, created_at FROM customer WHERE ${ours} AND (tenant_id, id) IN (
        SELECT tenant_id, stripe_id FROM stripe_object_owner WHERE stripe_id = ${wanted})
    ) AS found ORDER BY created_at DESC, id DESC LIMIT ${take}`,
  );
}
