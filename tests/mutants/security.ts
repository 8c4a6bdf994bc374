import type { Mutant } from "./mutants";

const security = (name: string) => `tests/security/${name}.test.ts`;

/** Bugs by which somebody gets at what is another's. */
export const securityMutants: readonly Mutant[] = [
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
];
