import { z } from "zod";
import { currencies, currency } from "@/lib/catalog/plans";
import type { TenantContext } from "@/lib/platform/context";
import { systemDb, tenantDb } from "@/lib/platform/db";
import { line, rowId } from "@/lib/platform/text";
import { addMails } from "@/lib/sync/effect";
import { requireAmount } from "./amount";
import { beginPayment } from "./begin-payment";
import { requireCharge } from "./charge-intent";
import { chargeSavedCard, type Charged } from "./charge-saved-card";
import { paymentCancel } from "./payment-request";
import { requirePayment } from "./payment-state";
import { requireChargedCard } from "./saved-card";

/** The body of POST /api/admin/tenants/{tenantId}/charges. */
export const chargeRequest = z.strictObject({
  tenantId: rowId,
  /** As written: "450.00". */
  amount: line(16),
  currency: z.enum(currencies).default(currency),
  /** The buyer reads it on the page, in the mail and on the receipt. */
  description: line(200),
  receiptEmail: z.email().max(254).optional(),
  /** `page`: people are mailed where to pay it. `saved_card`: it is charged at once. */
  collect: z.enum(["page", "saved_card"]),
  requestKey: line(255).optional(),
});

/** Of POST /api/admin/tenants/{tenantId}/charges/{paymentId}/… */
export const chargePath = paymentCancel.extend({ tenantId: rowId });

type Wish = Omit<z.output<typeof chargeRequest>, "tenantId" | "requestKey">;

export type StaffCharge = {
  id: string;
  state: "asked" | Charged["state"];
};

/**
 * Asks a tenant for money that is in no catalogue. Staff only. Asked for again with its key it is the same payment.
 * Throws amount_malformed, amount_out_of_range, payment_method_missing (before anything is made) and what
 * beginPayment and chargeSavedCard throw.
 */
export async function makeCharge(
  ctx: TenantContext,
  wish: Wish,
  requestKey: string | null,
): Promise<StaffCharge> {
  const { collect, description, receiptEmail } = wish;
  const due = { amount: requireAmount(wish), currency: wish.currency };
  if (collect === "saved_card") await requireChargedCard(ctx);
  const { id } = await beginPayment(ctx, {
    owed: { byStaff: true, priceKeys: [], lines: [], description, due },
    wish: { description, receiptEmail, metadata: { collect } },
    requestKey,
  });
  if (collect === "saved_card")
    return collectCharge(ctx, { paymentId: id }, requestKey);
  await mailTo(ctx, id);
  return { id, state: "asked" };
}

/** Charges the saved card for one that was asked for before. Staff only. Throws as chargeSavedCard does. */
export async function collectCharge(
  ctx: TenantContext,
  input: { paymentId: string },
  requestKey: string | null,
): Promise<Charged> {
  return chargeSavedCard(await withSlug(ctx), input, requestKey);
}

/** Once for a charge, however often it is asked for. */
async function mailTo(ctx: TenantContext, paymentId: string): Promise<void> {
  const { id: chargeIntentId } = await requireCharge(ctx, paymentId);
  const { customerId } = await requirePayment(ctx, paymentId);
  await systemDb("mail of a charge", (tx) =>
    addMails(tx, ctx.tenantId, [
      {
        kind: "mail.payment_asked",
        cause: chargeIntentId,
        payload: {
          chargeIntentId,
          paymentId,
          customerId,
          confirms: false,
        },
      },
    ]),
  );
}

/** Addresses of the tenant's pages hold its name, not its id. */
async function withSlug(
  ctx: TenantContext,
): Promise<TenantContext & { slug: string }> {
  const { tenantId } = ctx;
  const { slug } = await tenantDb({ tenantId }, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: tenantId } }),
  );
  return { ...ctx, slug };
}
