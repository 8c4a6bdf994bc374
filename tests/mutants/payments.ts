import type { Mutant } from "./mutants";

const tests = ["tests/flows/payment-intents.test.ts"];
const ofStaff = ["tests/flows/staff-charge.test.ts"];

/** What could cost most where payments are begun, confirmed and followed. */
export const paymentMutants: readonly Mutant[] = [
  {
    name: "80: yen have cents",
    file: "lib/platform/money.ts",
    find: "if (withoutMinorUnit.has(currency)) return 0;",
    replace: "if (withoutMinorUnit.has(currency)) return 2;",
    tests: ["tests/unit/money.test.ts"],
  },
  {
    name: "88: only what was charged counts as paid",
    file: "lib/sync/invoice-mails.ts",
    find: 'if (invoice.status === "paid") return receiptOf(invoice);',
    replace:
      'if (invoice.status === "paid") return invoice.payments?.data.some(({ payment }) => payment.payment_intent) ? receiptOf(invoice) : [];',
    tests: ["tests/unit/invoice-mails.test.ts"],
  },
  {
    name: "89: a key that is sent with two bodies has no words of ours",
    file: "lib/platform/stripe-errors.ts",
    find: "if (error instanceof errors.StripeIdempotencyError)",
    replace: "if (error instanceof errors.StripePermissionError)",
    tests: ["tests/unit/errors.test.ts"],
  },
  {
    name: "a payment whose answer was lost is begun anew after a day",
    file: "lib/billing/begin-payment.ts",
    find: "const made = isOld(charge) ? await findMade(charge, params) : null;",
    replace:
      "const made = isOld(charge) && !charge.id ? await findMade(charge, params) : null;",
    tests,
  },
  {
    name: "every request begins a payment of its own",
    file: "lib/billing/begin-payment.ts",
    find: "idempotencyKey: `payment:${charge.id}`,",
    replace: "idempotencyKey: `payment:${crypto.randomUUID()}`,",
    tests,
  },
  {
    name: "another workspace's card pays",
    file: "lib/billing/confirm-payment.ts",
    find: "const { customerId } = await requireOwnMethod(ctx, card);",
    replace: "const { customerId } = payment;",
    tests,
  },
  {
    name: "what was paid for is handed over although its amount was changed",
    file: "lib/sync/charge.ts",
    find: "if (!isAsAsked(row, intent)) return false;",
    replace: "if (!isAsAsked(row, intent) && !intent.id) return false;",
    tests,
  },
  {
    name: "a charge that staff ask for is called off by its owner",
    file: "lib/billing/cancel-payment.ts",
    find: 'if (byStaff && ctx.actor.kind !== "staff")',
    replace: 'if (byStaff && ctx.actor.kind === "job")',
    tests: ofStaff,
  },
  {
    name: "a payment begun while its workspace closes stays open",
    file: "lib/auth/close-workspace.ts",
    find: "where: { tenantId, closedAt: null, paymentId: null },",
    replace: "where: { tenantId, closedAt: null, paymentId: tenantId },",
    tests: ["tests/flows/close-workspace.test.ts"],
  },
];
