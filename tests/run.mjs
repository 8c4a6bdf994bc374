// `npm test`: installs what is missing, runs every check and test, ends with 'N passed, N failed'.
// Node built-ins only until everything is installed.
//   --checks        the static checks alone
//   --only <step>   one step (and what it needs)
import { mkdtempSync, chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkNode, install } from "../dev/install.mjs";
import { buildAlone } from "./support/build-alone.mjs";
import { prepareChromium } from "./support/prepare-chromium.mjs";
import { endAll, onInterrupt, runNode } from "./support/processes.mjs";
import { cleanEnvironment } from "./support/clean-environment.mjs";
import { countPlaywright, countVitest } from "./support/reports.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
checkNode();
install(root);

const { values: options } = parseArgs({
  options: { checks: { type: "boolean" }, only: { type: "string" } },
});

// Everything temporary goes here, so that nothing is left behind, not even after an interruption.
const scratch = mkdtempSync(join(tmpdir(), "turnpike-run-"));
chmodSync(scratch, 0o711);
const env = cleanEnvironment(root, scratch);

const bin = (path) => `node_modules/${path}`;
const tsx = ["--import", "tsx"];
const vitestReport = join(scratch, "vitest.json");
const vitest = [
  bin("vitest/vitest.mjs"),
  "run",
  "--allowOnly=false",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${vitestReport}`,
];
const appDir = join(scratch, "app");
const playwrightReport = join(scratch, "playwright.json");

/** Each step: how to run it, how to count it (1 when not said), and how many of its last lines are told. */
const steps = {
  generate: { args: ["prisma/generate.mjs"] },
  prettier: { args: [bin("prettier/bin/prettier.cjs"), "--check", "."] },
  knip: { args: [bin("knip/bin/knip.js")] },
  typegen: { args: [bin("next/dist/bin/next"), "typegen"] },
  tsc: { args: [bin("typescript/bin/tsc"), "--noEmit"] },
  "tsc tests": {
    args: [bin("typescript/bin/tsc"), "--noEmit", "-p", "tests"],
  },
  oxlint: { args: [bin("oxlint/bin/oxlint")] },
  vitest: {
    args: vitest,
    count: () => countVitest(vitestReport),
  },
  build: { run: () => buildAlone(appDir, env) },
  chromium: { run: () => prepareChromium(env) },
  playwright: {
    args: [bin("@playwright/test/cli.js"), "test", "--reporter=list,json"],
    env: {
      PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
      TURNPIKE_TEST_APP: appDir,
    },
    count: () => countPlaywright(playwrightReport),
  },
  "vitest proof": {
    args: vitest,
    env: { PROOF: "1" },
    count: () => countVitest(vitestReport),
  },
  proof: {
    args: [bin("@playwright/test/cli.js"), "test", "--reporter=list,json"],
    env: {
      PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
      TURNPIKE_TEST_APP: appDir,
      PROOF: "1",
    },
    count: () => countPlaywright(playwrightReport),
  },
  "going-live": {
    args: [
      bin("@playwright/test/cli.js"),
      "test",
      "--config=tests/going-live/playwright.config.ts",
      "--reporter=list,json",
    ],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
    count: () => countPlaywright(playwrightReport),
  },
  sim: { args: [...tsx, "tests/simulation/main.ts"], tells: 2 },
  chaos: {
    args: [...tsx, "tests/chaos/main.ts", "--app", appDir],
    tells: 2,
  },
  security: {
    args: [...tsx, "tests/security/main.ts", "--app", appDir],
    tells: 5,
  },
  mutants: { args: [...tsx, "tests/mutants/main.ts"], tells: 1 },
};

let passed = 0;
let failed = 0;

/** Runs one step, prints how it went and counts it. Returns whether it passed. */
async function step(name) {
  const { args, run, count, tells, env: more } = steps[name];
  const started = Date.now();
  const { ok, output } = await (run
    ? run()
    : runNode(args, { ...env, ...more }));
  const counted = count?.() ?? { passed: 0, failed: 0 };
  // A step that fails without a failed test (a crash, nothing to run) is a failure all the same.
  if (!ok && counted.failed === 0) counted.failed = 1;
  if (ok && !count) counted.passed = 1;
  passed += counted.passed;
  failed += counted.failed;

  const good = ok && counted.failed === 0;
  const numbers = count
    ? `  ${counted.passed} passed, ${counted.failed} failed${counted.skipped ? `, ${counted.skipped} skipped` : ""}`
    : "";
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
  console.log(`${good ? "✓" : "✗"} ${name.padEnd(11)}${seconds} s${numbers}`);
  for (const name of counted.left ?? []) console.log(`    not run: ${name}`);
  const told = good ? lastLines(output, tells ?? 0) : output.trimEnd();
  if (told) console.log(told.replace(/^/gm, "    "));
  return good;
}

function lastLines(output, many) {
  const lines = output.trimEnd().split("\n");
  return lines.slice(lines.length - many).join("\n");
}

/** One after the other, up to the first that fails: each needs the one before. */
async function chain(...names) {
  for (const name of names) if (!(await step(name))) return false;
  return true;
}

/** One after the other, each whatever becomes of the others. */
async function each(...names) {
  for (const name of names) await step(name);
}

async function runAll() {
  if (!(await chain("generate"))) return;
  // Next's generated types change while it builds, so what reads them goes first.
  await Promise.all([
    chain("typegen", "tsc").then(() => each("tsc tests", "oxlint")),
    each("prettier", "knip"),
  ]);
  if (options.checks) return;
  // One after the other: races and patience are tested, and a build beside them takes both cores.
  const [built, browser] = await Promise.all([
    chain("build"),
    chain("chromium"),
  ]);
  await step("vitest");
  if (built && browser) await step("playwright");
}

async function runOnly(name) {
  const needs = {
    tsc: ["typegen"],
    oxlint: ["typegen"],
    playwright: ["chromium", "build"],
    proof: ["chromium", "build"],
    "going-live": ["chromium"],
    chaos: ["build"],
    security: ["build"],
  };
  if (!(name in steps)) {
    throw new Error(`--only takes one of ${Object.keys(steps).join(", ")}`);
  }
  if (name !== "generate" && !(await chain("generate"))) return;
  const ready = await chain(...(needs[name] ?? []));
  // The proofs that take long, whatever becomes of each.
  if (ready && name === "proof")
    await each(
      "vitest proof",
      name,
      "going-live",
      "security",
      "sim",
      "chaos",
      "mutants",
    );
  else if (ready) await step(name);
}

onInterrupt(scratch);
try {
  await (options.only ? runOnly(options.only) : runAll());
} catch (error) {
  failed += 1;
  console.error(error);
}
await endAll(scratch);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
