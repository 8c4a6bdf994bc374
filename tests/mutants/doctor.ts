import type { Mutant } from "./mutants";

const live = ["tests/flows/doctor-live.test.ts"];

/** A doctor that sees nothing is worse than none. */
export const doctorMutants: readonly Mutant[] = [
  {
    name: "the doctor takes an event that was read from the list for one that arrived",
    file: "lib/doctor/live.ts",
    find: "secretIndex: { gte: 0 }",
    replace: "secretIndex: { gte: -1 }",
    tests: live,
  },
  {
    name: "the doctor is content with money that nobody has looked at",
    file: "lib/doctor/money.ts",
    find: "return until ? stale(until) : neverLooked(then);",
    replace: 'return until ? stale(until) : good("Nobody has looked yet.");',
    tests: ["tests/flows/doctor-running.test.ts"],
  },
  {
    name: "the doctor is content with a watch that stands still",
    file: "lib/doctor/money.ts",
    find: "if (until && until > then)",
    replace: "if (until)",
    tests: ["tests/flows/doctor-running.test.ts"],
  },
  {
    name: "the doctor leaves its customer at Stripe",
    file: "lib/doctor/live.ts",
    find: "await stripe().customers.del(id);",
    replace: "await Promise.resolve(id);",
    tests: live,
  },
  {
    name: "the doctor takes a table whose owner is exempt for isolated",
    file: "lib/doctor/isolation.ts",
    find: "({ on, forced }) => !on || !forced",
    replace: "({ on }) => !on",
    tests: ["tests/flows/doctor.test.ts"],
  },
  {
    name: "the doctor takes any answer of the webhook address for ours",
    file: "lib/doctor/endpoint.ts",
    find: 'answer.status === 400 && refusal.includes("webhook_invalid")',
    replace: "answer.status < 500",
    tests: ["tests/flows/doctor-stripe.test.ts"],
  },
  {
    name: "a preview moves real money",
    file: "lib/platform/env.ts",
    find: '!(env.VERCEL_ENV === "preview" && isLive(env.STRIPE_SECRET_KEY ?? ""))',
    replace: "env !== undefined",
    tests: ["tests/unit/env.test.ts"],
  },
  {
    name: "a preview takes itself for production",
    file: "lib/platform/env.ts",
    find: "isPreview ? null : APP_URL",
    replace: "APP_URL",
    tests: ["tests/unit/env.test.ts"],
  },
];
