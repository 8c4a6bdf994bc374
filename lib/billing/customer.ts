import { z } from "zod";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { line, rowId } from "@/lib/platform/text";
import { readCard, type Card } from "@/lib/sync/card";
import { syncCustomer } from "@/lib/sync/customer";
import type { Customer } from "@/prisma/client/client";
import {
  changeCustomer,
  isCustomerGone,
  type CustomerChanges,
} from "./change-customer";
import { retireCustomer } from "./customers";
import { requireOwnMethod } from "./payment-methods";
import { setDefaultPaymentMethod } from "./set-default-method";

const customerId = z.string().regex(/^cus_\w{1,64}$/);

/** Of GET /api/customers/{customerId}. */
export const customerPath = z.strictObject({ customerId });

/** Of POST /api/admin/tenants/{tenantId}/customers/{customerId}/delete. */
export const tenantCustomerPath = customerPath.extend({ tenantId: rowId });

const optional = (max: number) => z.union([z.literal(""), line(max)]);

/** The body of POST /api/customers/{customerId}: what shall be otherwise. */
export const customerUpdate = z.strictObject({
  customerId,
  name: line(150).optional(),
  email: z.email().max(254).optional(),
  phone: optional(20).optional(),
  description: optional(350).optional(),
  address: z
    .strictObject({
      line1: optional(200).default(""),
      line2: optional(200).default(""),
      city: optional(100).default(""),
      postalCode: optional(20).default(""),
      state: optional(100).default(""),
      country: z.string().regex(/^[A-Z]{2}$/),
    })
    .nullable()
    .optional(),
  taxId: z
    .strictObject({
      type: z.string().regex(/^[a-z]{2,5}_[a-z_]{2,12}$/),
      value: line(40),
    })
    .nullable()
    .optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,4})?$/)
    .optional(),
  defaultPaymentMethod: z
    .string()
    .regex(/^[a-z]{2,4}_\w{1,64}$/)
    .optional(),
});

export type CustomerView = {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  description: string | null;
  locale: string | null;
  /** In Stripe's names. */
  address: unknown;
  taxIds: unknown;
  defaultPaymentMethod: string | null;
  card: Card | null;
  /** Minor units; negative is credit. */
  balance: number;
  createdAt: Date;
};

/** From our own rows. Throws not_found, or customer_gone for a deleted one. */
export async function getCustomer(
  ctx: TenantContext,
  id: string,
): Promise<CustomerView> {
  return customerView(await requireCustomer(ctx, id));
}

/**
 * Changes what is named and no more. Throws not_found, also for a payment method that is not this customer's,
 * customer_gone and what changeCustomer throws. One that turns out to be gone at Stripe is retired, so that the
 * next purchase makes a new one (hazard 42).
 */
export async function updateCustomer(
  ctx: TenantContext,
  id: string,
  {
    defaultPaymentMethod: paymentMethodId,
    ...changes
  }: CustomerChanges & { defaultPaymentMethod?: string | undefined },
): Promise<CustomerView> {
  await requireCustomer(ctx, id);
  if (paymentMethodId) {
    const { customerId } = await requireOwnMethod(ctx, paymentMethodId);
    if (customerId !== id) throw new AppError("not_found");
  }
  try {
    if (Object.keys(changes).length > 0) await changeCustomer(ctx, id, changes);
    if (paymentMethodId)
      await setDefaultPaymentMethod(ctx, { paymentMethodId });
  } catch (error) {
    if (!(await isCustomerGone(error, id))) throw error;
    await retireCustomer(ctx, id);
    await syncCustomer(id, ctx);
    throw new AppError("customer_gone", { cause: error });
  }
  return getCustomer(ctx, id);
}

/** One of the other mode is as good as none: it was made with another key. */
export async function requireCustomer(
  { tenantId }: TenantContext,
  id: string,
): Promise<Customer> {
  const row = await tenantDb({ tenantId }, (tx) =>
    tx.customer.findUnique({ where: { tenantId_id: { tenantId, id } } }),
  );
  if (row?.livemode !== livemode()) throw new AppError("not_found");
  if (row.deleted) throw new AppError("customer_gone");
  return row;
}

export function customerView(row: Customer): CustomerView {
  const { id, name, email, phone, description, locale, address } = row;
  return {
    id,
    name,
    email,
    phone,
    description,
    locale,
    address,
    taxIds: row.taxIds,
    defaultPaymentMethod: row.defaultMethod,
    card: readCard(row.card),
    balance: Number(row.balance),
    createdAt: row.createdAt,
  };
}
