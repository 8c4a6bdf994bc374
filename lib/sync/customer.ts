import type Stripe from "stripe";
import { livemode } from "@/lib/platform/env";
import { recordAudit } from "@/lib/audit/record";
import { Prisma, systemDb } from "@/lib/platform/db";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { fromUnix } from "@/lib/platform/time";
import { toCardColumn } from "./card";
import { getOwner } from "./owner";
import { idOf } from "./reference";
import type { SyncCause, SyncResult } from "./result";
import { takeReadTicket } from "./read-budget";
import { claimNewest } from "./ticket";

/** What the mirror needs and Stripe leaves out unless it is asked. */
export const wholeCustomer = [
  "invoice_settings.default_payment_method",
  "tax_ids",
];

/** Fetches the customer and stores what Stripe says. Repeatable; a slower older answer changes nothing. */
export async function syncCustomer(
  id: string,
  cause: SyncCause,
): Promise<SyncResult> {
  const ticket = await takeReadTicket(cause.actor);
  const customer = await fetchCustomer(id);
  if (!customer) return { ignored: "gone" };
  if (customer.deleted) return markDeleted(id, ticket, cause);
  if (customer.livemode !== livemode()) return { ignored: "wrong_mode" };
  const tenantId = (await getOwner(id)) ?? (await ownerByIntent(customer));
  if (!tenantId) return { ignored: "unknown_customer" };
  await saveCustomer(customer, { tenantId, ticket, cause });
  return { tenantId };
}

/** Stores the customer and ties it to the intent that asked for it, in one transaction. */
export async function saveCustomer(
  customer: Stripe.Customer,
  {
    tenantId,
    ticket,
    cause,
  }: { tenantId: string; ticket: bigint; cause: SyncCause },
): Promise<void> {
  await systemDb("save customer", async (tx) => {
    if (!(await claimNewest(tx, { stripeId: customer.id, tenantId, ticket })))
      return;
    const key = { tenantId, id: customer.id };
    const existing = await tx.customer.findUnique({
      where: { tenantId_id: key },
    });
    const row = toRow(customer);
    await tx.customer.upsert({
      where: { tenantId_id: key },
      create: { ...key, ...row },
      update: row,
    });
    if (existing) return;
    const intentId = customer.metadata.intent_id;
    if (intentId) {
      await tx.customerIntent.updateMany({
        where: { tenantId, id: intentId, stripeId: null },
        data: { stripeId: customer.id },
      });
    }
    await recordAudit(
      tx,
      { tenantId, ...cause },
      "customer.created",
      customer.id,
    );
  });
}

function toRow(customer: Stripe.Customer) {
  return {
    livemode: customer.livemode,
    email: customer.email,
    name: customer.name ?? null,
    phone: customer.phone ?? null,
    description: customer.description,
    locale: customer.preferred_locales?.[0] ?? null,
    address: customer.address ? { ...customer.address } : Prisma.DbNull,
    ...(customer.tax_ids && { taxIds: customer.tax_ids.data.map(toTaxId) }),
    defaultMethod: idOf(customer.invoice_settings.default_payment_method),
    card: toCardColumn(customer.invoice_settings.default_payment_method),
    balance: BigInt(customer.balance),
    discounted: Boolean(customer.discount),
    deleted: false,
    createdAt: fromUnix(customer.created),
  };
}

function toTaxId({ id, type, value, verification }: Stripe.TaxId) {
  return { id, type, value, status: verification?.status ?? null };
}

async function fetchCustomer(
  id: string,
): Promise<Stripe.Customer | Stripe.DeletedCustomer | null> {
  try {
    return await stripe().customers.retrieve(id, { expand: wholeCustomer });
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Its open checkouts lead nowhere now, and the next purchase makes a new customer (hazard 42). */
async function markDeleted(
  id: string,
  ticket: bigint,
  cause: SyncCause,
): Promise<SyncResult> {
  const tenantId = await getOwner(id);
  if (!tenantId) return { ignored: "unknown_customer" };
  await systemDb("customer deleted", async (tx) => {
    if (!(await claimNewest(tx, { stripeId: id, tenantId, ticket }))) return;
    const { count } = await tx.customer.updateMany({
      where: { tenantId, id, deleted: false },
      data: { deleted: true },
    });
    await tx.customerIntent.updateMany({
      where: { tenantId, stripeId: id, closedAt: null },
      data: { closedAt: new Date() },
    });
    await tx.checkoutIntent.updateMany({
      where: { tenantId, closedAt: null, session: { customerId: id } },
      data: { closedAt: new Date(), closedReason: "customer deleted" },
    });
    if (count > 0)
      await recordAudit(tx, { tenantId, ...cause }, "customer.gone", id);
  });
  return { tenantId };
}

/** A customer whose creator died before it could save the id: the intent that it names is the proof. */
async function ownerByIntent(
  customer: Stripe.Customer,
): Promise<string | null> {
  const { tenant_id: tenantId, intent_id: id } = customer.metadata;
  if (!tenantId || !id) return null;
  const intent = await systemDb("owner by customer intent", (tx) =>
    tx.customerIntent.findUnique({ where: { tenantId_id: { tenantId, id } } }),
  );
  return intent && (intent.stripeId ?? customer.id) === customer.id
    ? tenantId
    : null;
}
