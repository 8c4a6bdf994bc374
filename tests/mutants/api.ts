import type { Mutant } from "./mutants";

const keys = ["tests/flows/api-keys.test.ts"];

/** Bugs by which a program gets more than it was given, or is told what is not so. */
export const apiMutants: readonly Mutant[] = [
  {
    name: "a key outlives its maker's role",
    file: "lib/auth/access.ts",
    find: "if (!scopes.includes(permission) || !may(own.role, permission))",
    replace: "if (!scopes.includes(permission))",
    tests: keys,
  },
  {
    name: "a key may what it was not given",
    file: "lib/auth/access.ts",
    find: "if (!scopes.includes(permission) || !may(own.role, permission))",
    replace: "if (!may(own.role, permission))",
    tests: keys,
  },
  {
    name: "a key is taken beside a browser's cookies",
    file: "lib/platform/own-caller.ts",
    find: `bearerOf(request) !== null && !request.headers.has("cookie")`,
    replace: "bearerOf(request) !== null",
    tests: keys,
  },
  {
    name: "any bearer stands for the origin, also where no key is taken",
    file: "lib/platform/own-caller.ts",
    find: `return keys && request.headers.has("authorization");`,
    replace: `return keys || request.headers.has("authorization");`,
    tests: keys,
  },
  {
    name: "a revoked key goes on",
    file: "lib/auth/api-keys.ts",
    find: "data: { enabled: false },",
    replace: "data: { updatedAt: new Date() },",
    tests: keys,
  },
  {
    name: "an admin's key buys",
    file: "lib/auth/api-keys.ts",
    find: `if (!may(role, scope)) throw new AppError("forbidden");`,
    replace: "",
    tests: keys,
  },
  {
    name: "a session left open makes a key that outlives it",
    file: "app/api/api-keys/route.ts",
    find: `recentlySignedIn(tenantAccess("settings.write"))`,
    replace: `tenantAccess("settings.write")`,
    tests: keys,
  },
  {
    name: "the next page begins with the last row of this one",
    file: "lib/platform/newest-first.ts",
    find: "{ createdAt, id: { lt: id } }",
    replace: "{ createdAt, id: { lte: id } }",
    tests: ["tests/flows/lists.test.ts"],
  },
];
