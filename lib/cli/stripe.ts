import { setupCatalogue } from "./setup-catalogue";

const usage = `npm run stripe -- setup   brings products and prices at Stripe in line with lib/catalog/plans.ts
                           (repeatable; creates and updates, never deletes)`;

const [command] = process.argv.slice(2);
if (command === "setup") {
  await setupCatalogue((line) => console.log(line));
} else {
  console.error(usage);
  process.exitCode = 2;
}
