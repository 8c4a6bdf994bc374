import { tenantDb, type Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { readCard, type Card } from "@/lib/sync/card";
import { invoiceView, type InvoiceView } from "./overview";

export type SavedCard = { id: string; card: Card };

/** One invoice of the tenant's own with the saved cards that could pay it; null where there is none such. */
export async function getPayPage(
  { tenantId }: { tenantId: string },
  invoiceId: string,
): Promise<{ invoice: InvoiceView; cards: SavedCard[] } | null> {
  const own = { tenantId, livemode: livemode() };
  return tenantDb({ tenantId }, async (tx) => {
    const invoice = await tx.invoice.findFirst({
      where: { ...own, id: invoiceId },
    });
    if (!invoice) return null;
    const cards = await savedCards(tx, invoice);
    return { invoice: invoiceView(invoice), cards };
  });
}

/** The saved cards of a customer, newest first. */
export async function savedCards(
  tx: Transaction,
  { tenantId, customerId }: { tenantId: string; customerId: string },
): Promise<SavedCard[]> {
  const methods = await tx.paymentMethod.findMany({
    where: { tenantId, livemode: livemode(), customerId, detached: false },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 10,
  });
  return methods.flatMap(({ id, card }) => {
    const shown = readCard(card);
    return shown ? [{ id, card: shown }] : [];
  });
}
