import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url)).slice(0, -1);

/** Those that take long are `npm run proof`. */
const kind = process.env["PROOF"] ? "proof" : "test";

type Needs = { postgres?: boolean; ownDatabase?: boolean };

const project = (name: string, { postgres, ownDatabase }: Needs = {}) => ({
  resolve: { alias: { "@": root } },
  test: {
    name,
    include: [`tests/${name}/**/*.${kind}.{ts,tsx}`],
    pool: "forks" as const,
    isolate: false,
    sequence: { setupFiles: "list" as const },
    // Only what hangs is ended by these: a test that is about time moves it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    globalSetup: postgres ? ["tests/support/vitest-postgres.ts"] : [],
    setupFiles: [
      "tests/support/vitest-fresh.ts",
      "tests/support/vitest-console.ts",
      // Gives every file a migrated database and the app's settings.
      ...(ownDatabase ? ["tests/support/vitest-database.ts"] : []),
    ],
  },
});

export default defineConfig({
  test: {
    maxWorkers: 3, // one of them is mostly waiting
    projects: [
      project("unit"),
      project("emulator"),
      project("operations", { postgres: true }),
      project("flows", { postgres: true, ownDatabase: true }),
      project("security", { postgres: true, ownDatabase: true }),
      project("simulation", { postgres: true, ownDatabase: true }),
    ],
  },
});
