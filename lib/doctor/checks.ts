import { catalogueChecks } from "./catalogue";
import type { Check } from "./check";
import { databaseChecks } from "./database";
import { endpointChecks } from "./endpoint";
import { isolationChecks } from "./isolation";
import { keyChecks } from "./keys";
import { runningChecks } from "./running";

/** Everything that is looked at, in the order in which a failure is to be mended. */
export const checks: readonly Check[] = [
  ...databaseChecks,
  ...isolationChecks,
  ...keyChecks,
  ...catalogueChecks,
  ...endpointChecks,
  ...runningChecks,
];

/** What to try, in this order, when it still does not work although nothing is found. */
export const lastResort: readonly string[] = [
  "Keys: are they this account’s, and of this mode?",
  "Price ids: does Stripe know the prices of lib/catalog, in this mode?",
  "URLs: does Stripe deliver to this very address, and lead buyers back to it?",
  "Customer data: is the customer at Stripe the workspace’s own, and not deleted?",
  "Try it with the Stripe CLI: stripe listen --forward-to localhost:3000/api/webhooks/stripe, then stripe trigger customer.created",
];
