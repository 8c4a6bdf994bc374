import { setupCatalogue } from "./setup-catalogue";
import { setupPortal } from "./setup-portal";

const usage = `npm run stripe -- setup   brings Stripe in line with this code: products and prices with
                           lib/catalog/plans.ts, the customer portal with
                           lib/billing/portal-configuration.ts (repeatable; never deletes)`;

const [command] = process.argv.slice(2);
if (command === "setup") {
  const say = (line: string) => console.log(line);
  await setupCatalogue(say);
  await setupPortal(say);
} else {
  console.error(usage);
  process.exitCode = 2;
}
