import { tenantDb } from "@/lib/platform/db";
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
    const methods = await tx.paymentMethod.findMany({
      where: { ...own, customerId: invoice.customerId, detached: false },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: 10,
    });
    const cards = methods.flatMap(({ id, card }) => {
      const shown = readCard(card);
      return shown ? [{ id, card: shown }] : [];
    });
    return { invoice: invoiceView(invoice), cards };
  });
}
