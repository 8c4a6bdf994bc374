import Stripe from "stripe";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { isMissing, isUnknownOutcome, stripe } from "@/lib/platform/stripe";

/**
 * Makes this the customer's tax id in place of the newest one it has; others, made elsewhere, stay. An empty
 * value takes the newest away. What is to go is noted first: where it could not be removed, the next try does so.
 * Says whether anything changed. Throws tax_id_refused.
 */
export async function replaceTaxId(
  ctx: TenantContext,
  customerId: string,
  { taxIdType, taxIdValue }: { taxIdType: string; taxIdValue: string },
): Promise<boolean> {
  const { data } = await stripe().customers.listTaxIds(customerId);
  const left = await leftBehind(ctx, customerId, data);
  if (left) await removeTaxId(customerId, left);
  const standing = data.filter(({ id }) => id !== left);
  const known = standing.some(
    ({ type, value }) => type === taxIdType && value === taxIdValue,
  );
  if (known || (standing.length === 0 && taxIdValue === ""))
    return left !== null;
  const [newest] = standing;
  if (newest) await note(ctx, customerId, newest.id);
  // Added before the old one goes: whatever fails in between, the customer is not left without.
  if (taxIdValue !== "")
    await addTaxId(customerId, taxIdType, taxIdValue).catch(
      async (error: unknown) => {
        // Nothing takes its place, not even what somebody may add elsewhere.
        if (error instanceof AppError) await note(ctx, customerId, null);
        throw error;
      },
    );
  if (newest) await removeTaxId(customerId, newest.id);
  return true;
}

/** What an earlier try had to remove and could not; where it is still the newest, nothing took its place. */
async function leftBehind(
  { tenantId }: TenantContext,
  stripeId: string,
  [, ...older]: readonly Stripe.TaxId[],
): Promise<string | null> {
  const intent = await tenantDb({ tenantId }, (tx) =>
    tx.customerIntent.findFirst({ where: { tenantId, stripeId } }),
  );
  return older.find(({ id }) => id === intent?.replacedTaxId)?.id ?? null;
}

async function note(
  { tenantId }: TenantContext,
  stripeId: string,
  replacedTaxId: string | null,
): Promise<void> {
  await tenantDb({ tenantId }, (tx) =>
    tx.customerIntent.updateMany({
      where: { tenantId, stripeId },
      data: { replacedTaxId },
    }),
  );
}

async function removeTaxId(customerId: string, id: string): Promise<void> {
  try {
    await stripe().customers.deleteTaxId(customerId, id);
  } catch (error) {
    // The client asks again by itself, and the first time was enough.
    const gone =
      isMissing(error) ||
      (isUnknownOutcome(error) &&
        !(await has(customerId, (taxId) => taxId.id === id)));
    if (!gone) throw error;
  }
}

async function addTaxId(
  customerId: string,
  type: string,
  value: string,
): Promise<void> {
  try {
    await stripe().customers.createTaxId(customerId, {
      type, // Stripe judges it
      value,
    });
  } catch (error) {
    // Asked for again it would count as known, and the one that it replaces would stay beside it.
    const same = (taxId: Stripe.TaxId) =>
      taxId.type === type && taxId.value === value;
    if (isUnknownOutcome(error) && (await has(customerId, same))) return;
    if (
      !(error instanceof Stripe.errors.StripeInvalidRequestError) ||
      error.code === "resource_missing"
    )
      throw error;
    const param = error.param === "type" ? "taxIdType" : "taxIdValue";
    throw new AppError("tax_id_refused", { param, cause: error });
  }
}

async function has(
  customerId: string,
  wanted: (taxId: Stripe.TaxId) => boolean,
): Promise<boolean> {
  const { data } = await stripe().customers.listTaxIds(customerId);
  return data.some(wanted);
}
