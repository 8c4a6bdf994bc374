// Builds the app where dev/ and tests/ do not exist: what is deployed must need neither.
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
} from "node:fs";
import { join } from "node:path";
import { run } from "./processes.mjs";

const PARTS = [
  "app",
  "docs",
  "lib",
  "prisma",
  "public",
  "instrumentation.ts",
  "next.config.ts",
  "package.json",
  "postcss.config.mjs",
  "prisma.config.ts",
  "proxy.ts",
  "tsconfig.json",
];

/** Stands on every page of the emulator, and nowhere in what is deployed. */
const EMULATOR_MARK = "no real money";

/** A build reads no secret; were one of these read, it would be found in what was built. */
const CANARY = "Canary0fTheBuild";
const SECRETS = {
  BETTER_AUTH_SECRET: `${CANARY}-that-is-longer-than-needed`,
  CRON_SECRET: `${CANARY}-cron`,
  DATABASE_URL: `postgres://${CANARY}@127.0.0.1:1/none`,
  SMTP_URL: `smtp://${CANARY}@127.0.0.1:1`,
  STRIPE_SECRET_KEY: `sk_test_${CANARY}`,
  STRIPE_WEBHOOK_SECRET: `whsec_${CANARY}0123456789`,
};

/**
 * @param {string} target an empty folder; the built app is there afterwards
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [added] a folder whose files this build has besides
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function buildAlone(target, env, added) {
  mkdirSync(target, { recursive: true });
  for (const part of PARTS.filter((name) => existsSync(name))) {
    cpSync(part, join(target, part), { recursive: true });
  }
  if (added) cpSync(added, target, { recursive: true });
  linkTree("node_modules", join(target, "node_modules"));
  const script = join(target, "lib/cli/build.ts");
  const args = ["--import", "tsx", script, target];
  const built = await run(process.execPath, args, { ...env, ...SECRETS });
  if (!built.ok) return built;
  const output = join(target, ".next");
  const found = [
    ...filesWith(output, EMULATOR_MARK).map((file) => `the emulator: ${file}`),
    ...filesWith(output, CANARY).map((file) => `a secret: ${file}`),
  ];
  if (found.length === 0) return built;
  return { ok: false, output: `In the build is ${found.join(", ")}` };
}

/** Of what is deployed: not the compiler's cache. */
function filesWith(output, text) {
  return filesIn(output)
    .filter((file) => !file.startsWith(join(output, "cache")))
    .filter((file) => readFileSync(file).includes(text));
}

/**
 * Hard links cost nothing; where the folder is on another disk, copies.
 * @param {string} from
 * @param {string} to
 */
export function linkTree(from, to) {
  try {
    linkInto(from, to);
  } catch (error) {
    if (error.code !== "EXDEV") throw error;
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  }
}

function linkInto(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkInto(source, target);
    else if (entry.isSymbolicLink())
      cpSync(source, target, { verbatimSymlinks: true });
    else linkSync(source, target);
  }
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
