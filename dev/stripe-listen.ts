import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { root } from "./child";

/** The official CLI, pinned; npx fetches it the first time, into its own cache. */
const officialCli = ["npx", "--yes", "@stripe/cli@1.52.0"];

/** Of the account alone; from 1.50 on the CLI wants to be told which. */
const events = ["--all-snapshot", "--events-from", "@self", "--skip-update"];

const PATIENCE_MS = 120_000;

/** A test key of one's own: Stripe cannot reach this machine, and nobody has named a secret for what can. */
export function wantsForwarding(env: NodeJS.ProcessEnv): boolean {
  const isTest = /^(sk|rk)_test_/.test(env["STRIPE_SECRET_KEY"]?.trim() ?? "");
  const has = (name: string) => Boolean(env[name]?.trim());
  return isTest && !has("STRIPE_WEBHOOK_SECRET") && !has("STRIPE_API_BASE");
}

/**
 * Runs `stripe listen`, which brings Stripe's events to `forwardTo` and signs them with a secret of its own.
 * Resolves once it has told the secret; throws with what it said when it ends before.
 */
export async function startListening(options: {
  command?: readonly string[] | undefined;
  key: string;
  forwardTo: string;
  onLost: () => void;
}): Promise<{ secret: string; close(): Promise<void> }> {
  const { key, forwardTo, onLost } = options;
  const [file = "", ...args] = options.command ?? officialCli;
  const child = spawn(
    file,
    [...args, "listen", ...events, "--forward-to", forwardTo],
    {
      cwd: root,
      env: { ...process.env, STRIPE_API_KEY: key }, // not among the arguments, which everybody can list
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      detached: process.platform !== "win32",
    },
  );
  const ended = once(child, "close");
  const close = async () => {
    kill(child);
    await ended.catch(() => {});
  };
  try {
    const secret = await secretOf(child);
    let closing = false;
    void ended.then(() => {
      if (!closing) onLost();
    });
    return {
      secret,
      close: () => {
        closing = true;
        return close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** "Your webhook signing secret is whsec_…", on whichever stream. */
function secretOf(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (how: string) => {
      clearTimeout(late);
      const advice =
        "Set STRIPE_WEBHOOK_SECRET to forward webhooks yourself, or unset STRIPE_SECRET_KEY for the emulator.";
      const cause = said.slice(-10).join("\n");
      reject(
        new Error(`The Stripe CLI ${how}. ${advice}`, cause ? { cause } : {}),
      );
    };
    const late = setTimeout(
      () => fail("told no webhook secret within two minutes"),
      PATIENCE_MS,
    );
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        const [secret] = /whsec_\w+/.exec(line) ?? [];
        if (!secret) return;
        clearTimeout(late);
        resolve(secret);
      });
    }
    child.once("error", ({ message }) => fail(`cannot be run: ${message}`));
    child.once("close", (code) => fail(`ended with code ${String(code)}`));
  });
}

/** npx runs the CLI as a child of its own: the group ends, not npx alone. */
function kill({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  process.kill(process.platform === "win32" ? pid : -pid, "SIGTERM");
}
