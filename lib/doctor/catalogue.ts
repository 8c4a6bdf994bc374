import type { Plan } from "@/lib/cli/change";
import { ifAllowed, type Lacking } from "@/lib/cli/lacking";
import { planCoupons } from "@/lib/cli/setup-coupons";
import { planPortal } from "@/lib/cli/setup-portal";
import { planPrices } from "@/lib/cli/setup-prices";
import { planProducts } from "@/lib/cli/setup-products";
import { good, wrong, type Check, type Finding } from "./check";

const catalogue: Check = {
  name: "Prices",
  part: "prices",
  needs: ["Key works"],
  look: () =>
    compare(
      [planProducts, () => planPrices({ move: false }), planCoupons],
      "Products, prices and coupons at Stripe are those of lib/catalog.",
    ),
};

const portal: Check = {
  name: "Customer portal",
  part: "prices",
  needs: ["Key works", "Prices"],
  look: () =>
    compare(
      [planPortal],
      "Configured as lib/billing/portal-configuration.ts says.",
    ),
};

/** What `npm run stripe -- setup` would do is what is missing or different. */
async function compare(
  plans: readonly (() => Promise<Plan>)[],
  inLine: string,
): Promise<Finding> {
  const lacking: Lacking = new Set();
  const found: Plan[] = [];
  for (const plan of plans) {
    const planned = await ifAllowed(lacking, plan);
    if (planned) found.push(planned);
  }
  if (lacking.size > 0)
    return wrong(
      `The key may not read this. Allow it in Stripe’s Dashboard, under API keys: ${[...lacking].join(", ")}.`,
    );
  const warnings = found.flatMap((plan) => plan.warnings ?? []);
  const changes = found.flatMap((plan) => plan.changes);
  if (changes.length + warnings.length === 0) return good(inLine);
  const lines = changes.map(({ line }) =>
    line.startsWith("+")
      ? `Missing at Stripe: ${line.slice(2)}.`
      : `Different at Stripe: ${line.slice(2)}.`,
  );
  return wrong([...lines, ...warnings].join(" "), "npm run stripe -- setup");
}

export const catalogueChecks: readonly Check[] = [catalogue, portal];
