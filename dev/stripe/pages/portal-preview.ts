import type { Context } from "../context";
import type { ApiError } from "../errors";
import type { Invoice, Subscription } from "../objects";
import { ask, attempt } from "./ask";

/** What a change of a subscription will cost, by the API's own preview; or why it cannot be said. */
export function previewChange(
  ctx: Context,
  subscription: Subscription,
  change: Record<string, string>,
): Invoice | { refusal: ApiError } {
  const params: Record<string, string> = { subscription: subscription.id };
  for (const [name, value] of Object.entries(change)) {
    const [head = "", ...rest] = name.split("[");
    const tail = rest.map((part) => `[${part}`).join("");
    params[`subscription_details[${head}]${tail}`] = value;
  }
  let preview: object | undefined;
  const refusal = attempt(ctx, () => {
    preview = ask(ctx, "POST /v1/invoices/create_preview", params);
  });
  if (refusal) return { refusal };
  // create_preview answers an invoice; it is stored nowhere, so it cannot be read back by its type.
  return preview as Invoice;
}
