// The second half of `npm run dev`, once everything is installed.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { root } from "./child";
import { startStack, type Stack } from "./stack";

const env = readSettings();
const port = Number(env["PORT"] || 3000);
const dataDir = resolve(root, env["TURNPIKE_DATA"] || ".turnpike");
// Next locks its build folder, so an instance beside the usual one gets another (see next.config.ts).
if (dataDir !== join(root, ".turnpike")) {
  const id = createHash("sha256").update(dataDir).digest("hex").slice(0, 8);
  env["NEXT_DIST_DIR"] ||= `.next/dev-${id}`;
}
const abort = new AbortController();
let exitCode: number | undefined;
let stack: Stack | undefined;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => end(0));
}
process.on("disconnect", () => end(1)); // dev/start.mjs was killed
process.channel?.unref();

try {
  stack = await startStack({
    mode: "dev",
    port,
    emulatorPort: Number(env["STRIPE_EMULATOR_PORT"] || 12111),
    dataDir,
    env,
    signal: abort.signal,
    log: (line) => console.log(line),
    onLost: (part) => {
      if (exitCode !== undefined) return;
      console.error(`${part} has ended; stopping the rest.`);
      end(1);
    },
  });
  announce(stack);
} catch (error) {
  if (exitCode === undefined) explain(error);
  process.exit(exitCode ?? 1);
}

function end(code: number) {
  if (exitCode !== undefined) return;
  exitCode = code;
  abort.abort();
  void stack?.close().then(() => process.exit(code));
}

function announce({ appUrl, emulator, mail, databaseUrl, env: used }: Stack) {
  const lines = [
    ["app", appUrl],
    ["stripe", emulator?.origin ?? "as set in .env"],
    ["mail", mail?.origin ?? "as set in .env"],
    ["database", databaseUrl],
    ["staff", `${used["STAFF_EMAILS"]} (sees ${appUrl}/admin)`],
    ["test card", "4242 4242 4242 4242, any future date, any CVC"],
  ];
  console.log("");
  for (const [name = "", value] of lines) {
    console.log(`  ${name.padEnd(10)} ${value}`);
  }
  console.log(`\nready: http://localhost:${port}`);
}

function explain(error: unknown) {
  if (!(error instanceof Error)) return console.error(error);
  console.error(`\n${error.message}`);
  if (error.cause) console.error(error.cause);
}

/** The real environment wins over .env. */
function readSettings(): NodeJS.ProcessEnv {
  const file = join(root, ".env");
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  return { ...fromFile, ...process.env };
}
