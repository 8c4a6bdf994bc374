import type { Mutant } from "./mutants";

const security = (name: string) => `tests/security/${name}.test.ts`;

/** Bugs by which somebody gets at what is another's. */
export const securityMutants: readonly Mutant[] = [
  {
    name: "who guesses at a password leaves no trace in the workspace",
    file: "lib/auth/recent-sign-in.ts",
    find: 'if (isWrong && "tenantId" in ctx) {',
    replace: 'if (!isWrong && "tenantId" in ctx) {',
    tests: ["tests/flows/close-workspace.test.ts"],
  },
  {
    name: "a workspace stays set on a connection that others use next",
    file: "lib/platform/db.ts",
    find: "set_config('app.tenant_id', ${tenantId}, true), ${bounded}`",
    replace:
      "set_config('role', app_role('system'), false), set_config('app.tenant_id', ${tenantId}, true), ${bounded}`",
    tests: [security("isolation")],
  },
  {
    name: "the connection asks a pooler for settings of its own",
    file: "lib/platform/db.ts",
    find: "    pipeline: true,\n",
    replace: "    pipeline: true,\n    statement_timeout: 5000,\n",
    tests: [security("pooled")],
  },
  {
    name: "what a caller says of its address is believed",
    file: "lib/platform/address.ts",
    find: "hops.at(-Number(proxy))",
    replace: "hops.at(0)",
    tests: [security("limits"), "tests/unit/address.test.ts"],
  },
  {
    name: "simultaneous tries slip through",
    file: "lib/platform/rate-limit.ts",
    find: "if (count > tries.max) throw",
    replace: "if (count === tries.max + 1) throw",
    tests: [security("limits")],
  },
  {
    name: "money stays open when nobody counts",
    file: "lib/platform/route-limits.ts",
    find: `if (kind !== "read" || error instanceof AppError) throw error;`,
    replace: "if (error instanceof AppError) throw error;",
    tests: [security("limits")],
  },
  {
    name: "a reset link's token can be read in the database",
    file: "lib/auth/reset-links.ts",
    find: `  return stored + createHash("sha256").update(identifier).digest("base64url");`,
    replace: "  return stored + identifier;",
    tests: ["tests/flows/account.test.ts"],
  },
  {
    name: "whoever says same-origin is believed",
    file: "lib/platform/own-caller.ts",
    find: "if (!isOwn || !isSameSite)",
    replace: "if (!isOwn && !isSameSite)",
    tests: ["tests/unit/route.test.ts"],
  },
  {
    name: "SQL in a workspace's request may become the system, whatever its login",
    file: "lib/platform/db.ts",
    find: "forTenants().$transaction(",
    replace: "authDb().$transaction(",
    tests: [security("tenants-login")],
  },
  {
    name: "a workspace begins as many payments as it likes",
    file: "lib/billing/begin-payment.ts",
    find: "  await limitBeginnings(ctx);\n",
    replace: "",
    tests: [security("limits")],
  },
  {
    name: "a stranger asks of every address whether it is taken",
    file: "lib/auth/sign-in.ts",
    find: "    if (taken) await limitTries(taken);\n",
    replace: "",
    tests: [security("limits")],
  },
  {
    name: "an owner is unmade in a session of yesterday",
    file: "lib/auth/owner-change.ts",
    find: `  return member?.role.split(",").includes("owner") ?? false;`,
    replace: "  return member === undefined;",
    tests: ["tests/flows/members.test.ts"],
  },
];
