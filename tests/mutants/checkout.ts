import type { Mutant } from "./mutants";

const flow = (name: string) => `tests/flows/${name}.test.ts`;
const params = ["tests/unit/checkout-params.test.ts"];
const options = [flow("checkout-options")];

/** What goes wrong with buying, each as somebody would write it. The name begins with the hazard's number. */
export const checkoutMutants: readonly Mutant[] = [
  {
    name: "37. the way of showing it has its old name",
    file: "lib/billing/checkout-params.ts",
    find: 'return { ui_mode: "embedded_page", return_url: urls.successUrl } as const;',
    replace:
      'return { ui_mode: "embedded", return_url: urls.successUrl } as const;',
    tests: params,
  },
  {
    name: "40. the customer is looked for at Stripe",
    file: "lib/billing/customers.ts",
    find: "  if (intent.stripeId) return { id: intent.stripeId, existed: true };",
    replace:
      "  await stripe().customers.list({ limit: 1 });\n  if (intent.stripeId) return { id: intent.stripeId, existed: true };",
    tests: [flow("customers")],
  },
  {
    name: "52. every session is asked for its subscription",
    file: "lib/sync/checkout-session.ts",
    find: "  if (subscriptionId) await syncSubscription(subscriptionId, cause);",
    replace: '  await syncSubscription(subscriptionId ?? "", cause);',
    tests: [flow("purchase")],
  },
  {
    name: "58. Checkout makes the customer",
    file: "lib/billing/checkout-params.ts",
    find: "    customer: wish.customerId,",
    replace: '    customer: wish.customerId,\n    customer_creation: "always",',
    tests: params,
  },
  {
    name: "59. an expired session keeps its place",
    file: "lib/sync/checkout-session.ts",
    find: '  if (session.status === "open") return;',
    replace: '  if (session.status !== "complete") return;',
    tests: [flow("checkout")],
  },
  {
    name: "51. the ids stand on the session alone",
    file: "lib/billing/checkout-params.ts",
    find: '...(wish.mode === "payment" && { payment_intent_data: { metadata } }),',
    replace: "",
    tests: params,
  },
  {
    name: "53. Checkout may not write the address that tax needs",
    file: "lib/billing/checkout-params.ts",
    find: '...(options.tax && { address: "auto" as const, name: "auto" as const }),',
    replace: "",
    tests: params,
  },
  {
    name: "54. the field for codes stands beside a given one",
    file: "lib/billing/checkout-params.ts",
    find: "return { discounts: [{ promotion_code: promotionCodeId }] };",
    replace:
      "return { discounts: [{ promotion_code: promotionCodeId }], allow_promotion_codes: true };",
    tests: params,
  },
  {
    name: "55. what a meter counts has a quantity",
    file: "lib/billing/checkout-params.ts",
    find: "...(quantity !== null && { quantity }),",
    replace: "quantity: quantity ?? 1,",
    tests: params,
  },
  {
    name: "56. a trial's end is reckoned by our clock",
    file: "lib/billing/checkout-params.ts",
    find: "...(days && { trial_period_days: days }),",
    replace:
      "...(days && { trial_end: Math.floor(Date.now() / 1000) + days * 86_400 }),",
    tests: params,
  },
  {
    name: "57. the types of payment methods are named",
    file: "lib/billing/method-params.ts",
    find: "      allowed_payment_method_types: [...allowedMethods],",
    replace: "      payment_method_types: [...allowedMethods],",
    tests: params,
  },
  {
    name: "66. a trial without a card bills when it ends",
    file: "lib/billing/checkout-params.ts",
    find: "end_behavior: { missing_payment_method: withoutCard },",
    replace: 'end_behavior: { missing_payment_method: "create_invoice" },',
    tests: options,
  },
  {
    name: "67. a second account of one mailbox has a second trial",
    file: "lib/billing/trial.ts",
    find: 'return email.toLowerCase().replace(/\\+[^@]*@/, "@");',
    replace: "return email;",
    tests: options,
  },
  {
    name: "67. a used trial is given back",
    file: "lib/billing/trial.ts",
    find: "COALESCE(session.status, 'expired') = 'expired')`;",
    replace: "true)`;",
    tests: options,
  },
  {
    name: "67. an expired trial can be taken up again",
    file: "lib/billing/checkout-params.ts",
    find: 'return mode !== "setup" && !trial && !offered;',
    replace: 'return mode !== "setup" && !offered;',
    tests: params,
  },
  {
    name: "86. the plan's own card goes on paying",
    file: "lib/billing/set-default-method.ts",
    find: "  const overriding = await subscriptionsWithOwn(ctx, customerId);",
    replace: "  const overriding: string[] = []; void subscriptionsWithOwn;",
    tests: [flow("payment-methods")],
  },
  {
    name: "87. a card that was gone at Stripe before is told as removed",
    file: "lib/billing/detach-payment-method.ts",
    find: "  await syncPaymentMethod(id, ctx);\n  return requireOwnMethod(ctx, id);\n",
    replace: "  return requireOwnMethod(ctx, id);\n",
    tests: [flow("payment-methods")],
  },
  {
    name: "an order bought with a plan is forgotten",
    file: "lib/sync/checkout-session.ts",
    find: 'session.mode !== "setup" && session.status === "complete"',
    replace: 'session.mode === "payment" && session.status === "complete"',
    tests: options,
  },
];
