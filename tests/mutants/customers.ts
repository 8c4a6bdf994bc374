import type { Mutant } from "./mutants";

const flow = (name: string) => [`tests/flows/${name}.test.ts`];

/** What goes wrong with customers, prices of one's own and the catalogue. The name begins with the hazard's number. */
export const customerMutants: readonly Mutant[] = [
  {
    name: "27. a withdrawn price stays for sale",
    file: "lib/catalog/tenant-prices.ts",
    find: "where: { livemode: livemode(), withdrawnAt: null },",
    replace: "where: { livemode: livemode() },",
    tests: flow("tenant-prices"),
  },
  {
    name: "27. a withdrawn price is bought with a checkout that was open",
    file: "lib/billing/withdraw-price.ts",
    find: "  await retireCheckoutsOf(ctx, id);\n",
    replace: "",
    tests: flow("tenant-prices"),
  },
  {
    name: "27. a checkout that is being made outlives the price",
    file: "lib/billing/retire-checkouts.ts",
    find: "where: { ...where, sessionId: null },",
    replace: 'where: { ...where, sessionId: "none" },',
    tests: flow("tenant-prices"),
  },
  {
    name: "27. a withdrawn price is sold once more by the way back into its checkout",
    file: "lib/billing/checkout-params.ts",
    find: " && !offered;",
    replace: ";",
    tests: flow("tenant-prices"),
  },
  {
    name: "27. whoever is signed in makes prices",
    file: "lib/auth/access.ts",
    find: "  identify: staffOnly.identify,",
    replace: "  identify: requireVisitor,",
    tests: flow("tenant-prices"),
  },
  {
    name: "32. a new endpoint speaks the account's version",
    file: "lib/cli/setup-webhook.ts",
    find: "    api_version: Stripe.API_VERSION,\n",
    replace: "",
    tests: flow("setup"),
  },
  {
    name: "39. a customer whose answer was lost is made again",
    file: "lib/billing/customers.ts",
    find: "idempotencyKey: `customer:${intent.id}`",
    replace: "idempotencyKey: crypto.randomUUID()",
    tests: flow("customers"),
  },
  {
    name: "41. a customer is gone because Stripe failed",
    file: "lib/billing/change-customer.ts",
    find: "return isMissing(error) && isDeletedAtStripe(id);",
    replace: "return !isMissing(error) || isDeletedAtStripe(id);",
    tests: flow("customers"),
  },
  {
    name: "42. a deleted customer is used for ever",
    file: "lib/billing/customers.ts",
    find: "  await closeIntents(ctx, { stripeId: customerId });\n",
    replace:
      '  await closeIntents(ctx, { stripeId: "" + customerId.length });\n',
    tests: flow("customers"),
  },
  {
    name: "43. a deleted customer is shown as a living one",
    file: "lib/sync/customer.ts",
    find: "data: { deleted: true },",
    replace: "data: { deleted: false },",
    tests: flow("customers"),
  },
  {
    name: "45. our write empties the metadata of others",
    file: "lib/billing/change-customer.ts",
    find: "    expand: wholeCustomer,",
    replace: '    metadata: "",\n    expand: wholeCustomer,',
    tests: flow("customers"),
  },
  {
    name: "43. a customer is deleted with a plan that no event has told of",
    file: "lib/billing/delete-customer.ts",
    find: "    await requireNothingAtStripe(id);\n",
    replace: "",
    tests: flow("customers"),
  },
  {
    name: "a deletion whose answer was lost was nobody's",
    file: "lib/billing/delete-customer.ts",
    find: "await run.params(() => requireThere(ctx, id));",
    replace: "await requireThere(ctx, id);",
    tests: flow("lost-answers"),
  },
  {
    name: "another customer's card is charged",
    file: "lib/billing/customer.ts",
    find: 'if (customerId !== id) throw new AppError("not_found");',
    replace: 'if (!customerId) throw new AppError("not_found");',
    tests: flow("customers"),
  },
  {
    name: "a changed price takes its subscribers along unasked",
    file: "lib/cli/setup-prices.ts",
    find: "  return move\n",
    replace: "  return move || left.length > 0\n",
    tests: flow("setup"),
  },
  {
    name: "a move to the new price charges at once",
    file: "lib/cli/move-subscriptions.ts",
    find: 'proration_behavior: "none",',
    replace: 'proration_behavior: "always_invoice",',
    tests: flow("setup"),
  },
  {
    name: "a dry run sets up",
    file: "lib/cli/setup.ts",
    find: "    else await apply(changes, lacking, say);",
    replace: "    await apply(changes, lacking, say);",
    tests: flow("setup"),
  },
  {
    name: "an archived price stays archived",
    file: "lib/cli/setup-prices.ts",
    find: "  if (current.active) return [];",
    replace: "  if (current.id) return [];",
    tests: flow("setup"),
  },
];
