import { z } from "zod";
import { isLive } from "@/lib/entitlements/resolve";
import { readCard, type Card } from "@/lib/sync/card";
import { tenantDb, type Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import {
  beyond,
  listQuery,
  newestFirst,
  pageOf,
  type ListQuery,
} from "@/lib/platform/newest-first";
import { line } from "@/lib/platform/text";

/** Of GET /api/payment-methods. */
export const paymentMethodListRequest = listQuery;

/** Of what is done to one of them; the id stands in the path. */
export const paymentMethodPath = z.strictObject({
  tenantId: line(64).optional(),
  paymentMethodId: line(255),
});

export type PaymentMethodView = {
  id: string;
  type: string;
  card: Card | null;
  /** The next charge goes to it: that of a live plan, or else whatever comes. */
  isUsed: boolean;
  /** A live plan is charged to it. */
  paysPlan: boolean;
  isExpired: boolean;
  /** Its last day is within 30 days. */
  expiresSoon: boolean;
};

/** The saved ways to pay, newest first, from our own rows. */
export async function listPaymentMethods(
  ctx: { tenantId: string },
  now = new Date(),
): Promise<PaymentMethodView[]> {
  const { data } = await paymentMethodPage(ctx, { limit: 100 }, now);
  return data;
}

/** The same, page by page. */
export async function paymentMethodPage(
  { tenantId }: { tenantId: string },
  { before, limit }: ListQuery,
  now = new Date(),
): Promise<{ data: PaymentMethodView[]; older: string | null }> {
  return tenantDb({ tenantId }, async (tx) => {
    const { defaults, paying } = await chargedMethods(tx, tenantId);
    const rows = await tx.paymentMethod.findMany({
      where: {
        tenantId,
        livemode: livemode(),
        detached: false,
        customer: { deleted: false },
        ...beyond(before),
      },
      orderBy: newestFirst,
      take: limit + 1,
    });
    const { page, older } = pageOf(rows, limit);
    const data = page.map(({ id, type, card: column }) => {
      const card = readCard(column);
      const left = card ? daysLeft(card, now) : Infinity;
      return {
        id,
        type,
        card,
        isUsed: (paying.size > 0 ? paying : defaults).has(id),
        paysPlan: paying.has(id),
        isExpired: left < 0,
        expiresSoon: left >= 0 && left <= 30,
      };
    });
    return { data, older };
  });
}

/** The customer that holds it. Throws not_found for another tenant's and for one that was detached. */
export async function requireOwnMethod(
  { tenantId }: { tenantId: string },
  id: string,
): Promise<{ customerId: string; paysPlan: boolean }> {
  return tenantDb({ tenantId }, async (tx) => {
    const method = await tx.paymentMethod.findUnique({
      where: { tenantId_id: { tenantId, id }, livemode: livemode() },
    });
    if (!method || method.detached) throw new AppError("not_found");
    const { paying } = await chargedMethods(tx, tenantId);
    return { customerId: method.customerId, paysPlan: paying.has(id) };
  });
}

/** A plan's own method comes before the customer's (hazard 86). */
async function chargedMethods(
  tx: Transaction,
  tenantId: string,
): Promise<{ defaults: Set<string | null>; paying: Set<string | null> }> {
  const customers = await tx.customer.findMany({
    where: { tenantId, livemode: livemode(), deleted: false },
    include: { subscriptions: true },
  });
  return {
    defaults: new Set(customers.map(({ defaultMethod }) => defaultMethod)),
    paying: new Set(
      customers.flatMap(({ defaultMethod, subscriptions }) =>
        subscriptions
          .filter(({ status }) => isLive(status))
          .map((plan) => plan.defaultPaymentMethod ?? defaultMethod),
      ),
    ),
  };
}

/** A card is good to the end of the month that stands on it. */
function daysLeft({ expMonth, expYear }: Card, now: Date): number {
  return (Date.UTC(expYear, expMonth, 1) - now.getTime()) / 86_400_000;
}
