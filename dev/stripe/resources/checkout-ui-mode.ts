import { invalidRequest, missingParam } from "../errors";
import type { CheckoutParams } from "./checkout-create";

/** What a page of Stripe's own shows, or leads to: the shop's own page has no use for it. */
const REFUSED = {
  hosted_page: ["return_url"],
  embedded_page: ["cancel_url", "success_url"],
  elements: [
    "after_expiration",
    "cancel_url",
    "origin_context",
    "submit_type",
    "success_url",
  ],
} as const;

/** Refuses what does not fit to where the buyer pays. */
export function checkUiMode(params: CheckoutParams): void {
  const mode = params.ui_mode ?? "hosted_page";
  if (mode !== "hosted_page" && mode !== "embedded_page" && mode !== "elements")
    throw new Error(`ui_mode ${mode} is not among what is built`);
  // Redirects alone need an address to come back to, and no method here makes any.
  if (mode === "embedded_page" && !params.return_url)
    throw missingParam("return_url");
  if (mode === "hosted_page" && !params.success_url)
    throw missingParam("success_url");
  const refused: string[] = REFUSED[mode].filter(
    (name) => params[name] !== undefined,
  );
  if (mode === "elements" && params.tax_id_collection?.required !== undefined)
    refused.push("tax_id_collection[required]");
  const [param] = refused;
  if (!param) return;
  throw invalidRequest(
    refused.length === 1
      ? `\`${param}\` is not supported with \`ui_mode: ${mode}\`.`
      : `The following parameters are not supported with \`ui_mode: ${mode}\`: ${refused.join(", ")}.`,
    { param },
  );
}
