import { z } from "zod";
import { productName } from "@/lib/catalog/prices";
import { isLive } from "@/lib/entitlements/resolve";
import { tenantDb, type Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import type { Customer } from "@/prisma/client/client";
import type { BillingDetails } from "./billing-details";

export type WorkspaceSettings = {
  /** Null while the payment provider does not know this workspace. */
  details: BillingDetails | null;
  /** Further tax ids, added elsewhere. */
  otherTaxIds: string[];
  addresses: {
    successUrl: string;
    cancelUrl: string;
    portalReturnPath: string;
    allowedOrigins: string;
  };
  /** What deleting the workspace would end at once. */
  livePlans: string[];
};

/** Everything the settings page shows, from our own rows and in one transaction; Stripe may be down. */
export async function getWorkspaceSettings(ctx: {
  tenantId: string;
}): Promise<WorkspaceSettings> {
  const { tenantId } = ctx;
  return tenantDb(ctx, async (tx) => {
    const settings = await tx.tenantSettings.findUnique({
      where: { tenantId },
    });
    const customer = await tx.customer.findFirst({
      where: { tenantId, livemode: livemode(), deleted: false },
      orderBy: { createdAt: "desc" },
    });
    return {
      details: customer && toDetails(customer),
      otherTaxIds: customer ? taxIdsOf(customer).slice(1).map(inWords) : [],
      addresses: {
        successUrl: settings?.successUrl ?? "",
        cancelUrl: settings?.cancelUrl ?? "",
        portalReturnPath: settings?.portalReturnPath ?? "",
        allowedOrigins: settings?.allowedOrigins.join("\n") ?? "",
      },
      livePlans: await livePlans(tx, tenantId),
    };
  });
}

async function livePlans(tx: Transaction, tenantId: string) {
  const rows = await tx.subscription.findMany({
    where: { tenantId, livemode: livemode() },
    include: { items: true },
  });
  return rows
    .filter(({ status }) => isLive(status))
    .map(({ items: [first] }) =>
      first ? productName(first.productId) : "Unknown plan",
    );
}

const address = z.object({
  line1: z.string().nullable(),
  line2: z.string().nullable(),
  city: z.string().nullable(),
  postal_code: z.string().nullable(),
  state: z.string().nullable(),
  country: z.string().nullable(),
});

const taxIds = z.array(z.object({ type: z.string(), value: z.string() }));
type TaxId = z.infer<typeof taxIds>[number];

function taxIdsOf(customer: Customer): TaxId[] {
  return taxIds.parse(customer.taxIds);
}

function inWords({ type, value }: TaxId): string {
  return `${value} (${type.replaceAll("_", " ").toUpperCase()})`;
}

function toDetails(customer: Customer): BillingDetails {
  const stored = customer.address ? address.parse(customer.address) : null;
  const [taxId] = taxIdsOf(customer);
  return {
    name: customer.name ?? "",
    email: customer.email ?? "",
    phone: customer.phone ?? "",
    line1: stored?.line1 ?? "",
    line2: stored?.line2 ?? "",
    city: stored?.city ?? "",
    postalCode: stored?.postal_code ?? "",
    state: stored?.state ?? "",
    country: stored?.country ?? "",
    taxIdType: taxId?.type ?? "",
    taxIdValue: taxId?.value ?? "",
  };
}
