import { defineConfig } from "@playwright/test";
import shared from "../../playwright.config";

/** Makes its own deployment, so no stack is started for it. */
export default defineConfig({
  ...shared,
  testDir: ".",
  testMatch: "**/*.test.ts",
  outputDir: "../output/going-live",
  globalSetup: [],
  workers: 1,
  fullyParallel: false,
  timeout: 900_000,
});
