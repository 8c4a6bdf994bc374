import type { Mutant } from "./mutants";

const flow = (name: string) => `tests/flows/${name}.test.ts`;

/** What goes wrong with money that goes back, each as somebody would write it. */
export const refundMutants: readonly Mutant[] = [
  {
    name: "49: a refund whose answer was lost is not looked for before it is made again",
    file: "lib/billing/refund-payment.ts",
    find: "(before && (await findMade(command)))",
    replace: "(!before && (await findMade(command)))",
    tests: [flow("refunds")],
  },
  {
    name: "an unknown outcome counts as a refusal and frees the money",
    file: "lib/billing/refund-payment.ts",
    find: 'throw new AppError("outcome_unknown", { cause: error });',
    replace:
      'await settle(ctx, command, { refused: "unknown" }).then(() => {\n        throw new AppError("outcome_unknown", { cause: error });\n      });',
    tests: [flow("refunds")],
  },
  {
    name: "a no to looking for a refund counts as a no to the refund",
    file: "lib/billing/refund-payment.ts",
    find: "const elsewhere = error instanceof Stripe.errors.StripeInvalidRequestError;",
    replace:
      'if (error instanceof Stripe.errors.StripeInvalidRequestError)\n      await settle(ctx, command, { refused: "refund_refused" });\n    const elsewhere = error instanceof Stripe.errors.StripeInvalidRequestError;',
    tests: [flow("refunds")],
  },
  {
    name: "the database lets more be reserved than was captured",
    file: "prisma/migrations/20261121212100_refund_commands/migration.sql",
    find: "NEW.amount + reserved > paid.remaining",
    replace: "NEW.amount > paid.remaining + reserved",
    tests: [flow("refunds")],
  },
  {
    name: "82: of a refund that did not arrive its buyer is never told",
    file: "lib/sync/payment.ts",
    find: 'if (status === "failed") return',
    replace: 'if (status === "canceled") return',
    tests: [flow("mails")],
  },
  {
    name: "81: a part of a minor unit is given back",
    file: "lib/billing/refund-request.ts",
    find: "z.int().min(1).max(99_999_999).transform(BigInt)",
    replace:
      "z.number().max(99_999_999).transform((n) => BigInt(Math.trunc(n)))",
    tests: [flow("refunds")],
  },
  {
    name: "83: what paid an invoice is refunded past it",
    file: "lib/billing/refund-payment.ts",
    find: "return idOf(data[0]?.invoice);",
    replace: "return idOf(data[1]?.invoice);",
    tests: [flow("refunds")],
  },
  {
    name: "money that does not add up calls nobody",
    file: "lib/webhooks/heal.ts",
    find: "const leaks = await watchMoney(deadline);",
    replace: "const leaks = watchMoney.length;",
    tests: [flow("money")],
  },
  {
    name: "the watch over money takes a run that was cut short for a whole one",
    file: "lib/webhooks/watch-money.ts",
    find: "if (new Date() > deadline) return;",
    replace: "if (new Date() > deadline) break;",
    tests: [flow("watch-money")],
  },
  {
    name: "the watch over money forgets the turn that it slept through",
    file: "lib/webhooks/watch-money.ts",
    find: "return last <= now ? last : after(now, -days(1));",
    replace:
      "return last <= now ? after(now, -hours(1)) : after(now, -days(1));",
    tests: [flow("watch-money")],
  },
  {
    name: "85: a lost dispute counts as money that is here",
    file: "lib/catalog/dispute-state.ts",
    find: 'lost: "lost",',
    replace: 'lost: "over",',
    tests: [flow("disputes")],
  },
  {
    name: "85: what is to end with its dispute waits until that is lost",
    file: "lib/billing/money-back.ts",
    find: 'states.includes("lost") || states.includes("open");',
    replace: 'states.includes("lost") && states.includes("open");',
    tests: [flow("disputes")],
  },
  {
    name: "an owner takes back what staff alone may",
    file: "lib/billing/refund-own-payment.ts",
    find: "selfService: true",
    replace: "selfService: false",
    tests: [flow("self-service-refunds")],
  },
];
