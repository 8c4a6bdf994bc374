import type { Mutant } from "./mutants";

const tests = ["tests/flows/doctor.test.ts"];

/** A doctor that sees nothing is worse than none. */
export const doctorMutants: readonly Mutant[] = [
  {
    name: "the doctor takes an event that was read from the list for one that arrived",
    file: "lib/doctor/live.ts",
    find: "secretIndex: { gte: 0 }",
    replace: "secretIndex: { gte: -1 }",
    tests,
  },
  {
    name: "the doctor leaves its customer at Stripe",
    file: "lib/doctor/live.ts",
    find: "await stripe().customers.del(id);",
    replace: "await Promise.resolve(id);",
    tests,
  },
  {
    name: "the doctor takes a table whose owner is exempt for isolated",
    file: "lib/doctor/isolation.ts",
    find: "({ on, forced }) => !on || !forced",
    replace: "({ on }) => !on",
    tests,
  },
  {
    name: "the doctor takes any answer of the webhook address for ours",
    file: "lib/doctor/endpoint.ts",
    find: 'answer.status === 400 && refusal.includes("webhook_invalid")',
    replace: "answer.status < 500",
    tests,
  },
];
