import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { choosePort } from "../../dev/ports";
import { startStack } from "../../dev/stack";
import { leaksIn, secretsOf, keptSecrets } from "./canaries";

export type TestStack = {
  appUrl: string;
  emulatorUrl: string;
  mailUrl: string;
  databaseUrl: string;
  cronSecret: string;
  /** What the app knows and nobody else may learn: values of its settings. */
  secrets: string[];
};

const VARIABLE = "TURNPIKE_TEST_STACK";

/** The stack that this run's browser tests share. */
export function testStack(): TestStack {
  return JSON.parse(process.env[VARIABLE] ?? "null") as TestStack;
}

/** Playwright's global setup: one for all tests that leave the clock alone. */
export default async function setup() {
  const { shared, close } = await startTestStack();
  process.env[VARIABLE] = JSON.stringify(shared);
  return close;
}

/** The built app with everything it needs, on free ports and empty data. */
export async function startTestStack() {
  const dataDir = await mkdtemp(join(tmpdir(), "turnpike-e2e-"));
  await chmod(dataDir, 0o711); // as root, Postgres runs as another user
  const lines: string[] = [];
  const stack = await startStack({
    mode: "start",
    appDir: process.env["TURNPIKE_TEST_APP"],
    port: await choosePort(0),
    emulatorPort: await choosePort(0),
    dataDir,
    env: {
      ...process.env,
      LOG_LEVEL: "debug", // all of it is searched for secrets
      STAFF_EMAILS: "staff@example.com,support@example.com",
    },
    fsync: false,
    log: (line) => lines.push(line),
  }).catch((error: unknown) => {
    for (const line of lines) console.log(line);
    throw error;
  });
  const { appUrl, emulator, mail, databaseUrl, env } = stack;
  const shared: TestStack = {
    appUrl,
    emulatorUrl: emulator?.origin ?? "",
    mailUrl: mail?.origin ?? "",
    databaseUrl,
    cronSecret: env["CRON_SECRET"] ?? "",
    secrets: secretsOf(env),
  };
  return {
    shared,
    /** Stripe does not answer from now on. */
    stopEmulator: async () => emulator?.close(),
    async close() {
      let kept: string[];
      try {
        kept = await keptSecrets(shared);
      } finally {
        await stack.close();
        await rm(dataDir, { recursive: true, force: true });
      }
      for (const line of lines.filter(isTrouble)) console.log(line);
      const leaks = leaksIn(lines.join("\n"), [...shared.secrets, ...kept]);
      if (leaks.length > 0)
        throw new Error(`In the app's output: ${leaks.join(", ")}`);
    },
  };
}

/** What the server said that explains a failed test. */
function isTrouble(line: string): boolean {
  return /"level":[56]0|⨯|unhandled/i.test(line);
}
