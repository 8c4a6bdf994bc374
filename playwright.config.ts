import { defineConfig } from "@playwright/test";
import { findChromium } from "./tests/support/chromium.mjs";

export default defineConfig({
  testDir: "tests/e2e",
  // Those that take long are `npm run proof`.
  testMatch: process.env["PROOF"] ? "**/*.proof.ts" : "**/*.test.ts",
  outputDir: "tests/output/playwright",
  globalSetup: "./tests/support/stack.ts",
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    // A trace of everything costs a fifth of the run: `npx playwright test --trace on` where one is needed.
    screenshot: "only-on-failure",
    launchOptions: {
      ...findChromium(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
