import type { Mutant } from "./mutants";

const privacy = ["tests/flows/privacy.test.ts"];
const headers = ["tests/unit/page-headers.test.ts"];
const lines = ["tests/unit/log.test.ts"];

/** Bugs by which something about a person, or a secret, gets where it should not be, or stays. */
export const privacyMutants: readonly Mutant[] = [
  {
    name: "whatever is given to the log is written",
    file: "lib/platform/log.ts",
    find: "const kept: Record<string, unknown> = {};",
    replace: "const kept: Record<string, unknown> = { ...fields };",
    tests: lines,
  },
  {
    name: "an error's words are logged with the values in them",
    file: "lib/platform/log.ts",
    find: 'const message = scrub(part("message"));',
    replace: 'const message = part("message");',
    tests: lines,
  },
  {
    name: "injected scripts run",
    file: "lib/platform/page-headers.ts",
    find: "`'nonce-${nonce}'`,",
    replace: "`'unsafe-inline'`,",
    tests: headers,
  },
  {
    name: "Stripe's script may run on every page",
    file: "lib/platform/page-headers.ts",
    find: "isPaymentPage(path) ? stripeSources() : null",
    replace: "stripeSources()",
    tests: headers,
  },
  {
    name: "an erasure forgets a table",
    file: "lib/privacy/tables.ts",
    find: 'project: { by: "tenant", delete: true }',
    replace: 'project: { keep: "names only" }',
    tests: privacy,
  },
  {
    name: "an erasure leaves the events that Stripe sent",
    file: "lib/privacy/erase-workspace.ts",
    find: "  await forgetEvents({",
    replace: "  if (!tenantId) await forgetEvents({",
    tests: privacy,
  },
  {
    name: "an erasure ends before Stripe has told of it",
    file: "lib/privacy/erase-person.ts",
    find: `  await keepErasing({ kind: "person", subject: person.email });\n`,
    replace: "",
    tests: privacy,
  },
  {
    name: "a second erasure of a person ends with the first",
    file: "lib/privacy/erasures.ts",
    find: "WHERE excluded.kind = 'person'",
    replace: "WHERE false",
    tests: privacy,
  },
  {
    name: "the erasure of a workspace renews itself for ever",
    file: "lib/privacy/erasures.ts",
    find: "WHERE excluded.kind = 'person'",
    replace: "",
    tests: privacy,
  },
  {
    name: "whoever sits at an open session deletes the account",
    file: "app/api/account/delete/route.ts",
    find: "recentlySignedIn(signedIn)",
    replace: "signedIn",
    tests: privacy,
  },
  {
    name: "every member takes the whole workspace along",
    file: "app/api/settings/export/route.ts",
    find: 'tenantAccess("ownership.write")',
    replace: 'tenantAccess("settings.read")',
    tests: privacy,
  },
  {
    name: "the only owner's account goes, and the workspace has nobody",
    file: "lib/auth/forget-person.ts",
    find: "if (member) requireOtherOwner(members, member);",
    replace: "",
    tests: privacy,
  },
];
