import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const endWithParent = new URL("end-with-parent.mjs", import.meta.url).href;

export const root = fileURLToPath(new URL("..", import.meta.url));

export type Child = {
  pid: number | undefined;
  /** Resolves with how it ended. */
  ended: Promise<string>;
  close(): Promise<void>;
};

/**
 * Runs node in a process group of its own, so that it ends when we say and not at the terminal's Ctrl-C,
 * and takes its own children with it.
 */
export function runNode(
  args: string[],
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): Child {
  const child = spawn(process.execPath, ["--import", endWithParent, ...args], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: process.platform !== "win32",
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", onLine);
  }
  const ended = once(child, "close").then(([code, signal]) =>
    signal ? `ended by ${String(signal)}` : `ended with code ${String(code)}`,
  );
  return { pid: child.pid, ended, close: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<string>) {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGTERM");
    const late = setTimeout(() => killGroup(child), 5000);
    await ended;
    clearTimeout(late);
  }
  killGroup(child);
}

function killGroup({ pid }: ChildProcess) {
  if (pid === undefined || process.platform === "win32") return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // nobody is left in it
  }
}
