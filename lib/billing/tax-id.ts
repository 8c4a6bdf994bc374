import Stripe from "stripe";
import { AppError } from "@/lib/platform/errors";
import { isUnknownOutcome, stripe } from "@/lib/platform/stripe";

/**
 * Makes this the customer's tax id in place of the newest one it has; others, made elsewhere, stay. An empty
 * value takes the newest away. Says whether anything changed. Throws tax_id_refused.
 */
export async function replaceTaxId(
  customerId: string,
  { taxIdType, taxIdValue }: { taxIdType: string; taxIdValue: string },
): Promise<boolean> {
  const { data } = await stripe().customers.listTaxIds(customerId);
  const known = data.some(
    ({ type, value }) => type === taxIdType && value === taxIdValue,
  );
  if (known || (data.length === 0 && taxIdValue === "")) return false;
  // Added before the old one goes: whatever fails in between, the customer is not left without.
  if (taxIdValue !== "") await addTaxId(customerId, taxIdType, taxIdValue);
  const [newest] = data;
  if (newest) await stripe().customers.deleteTaxId(customerId, newest.id);
  return true;
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
    if (isUnknownOutcome(error) && (await has(customerId, { type, value })))
      return;
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
  wanted: { type: string; value: string },
): Promise<boolean> {
  const { data } = await stripe().customers.listTaxIds(customerId);
  return data.some(
    ({ type, value }) => type === wanted.type && value === wanted.value,
  );
}
