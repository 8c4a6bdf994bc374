import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

type Place = { cwd: string; env: NodeJS.ProcessEnv };

const running = new Set<ChildProcess>();
// Whatever becomes of this process, nothing that it started stays.
process.once("exit", () =>
  running.forEach((child) => signal(child, "SIGKILL")),
);

export type Started = {
  /** All that it has said until now. */
  said: () => string;
  close: () => Promise<void>;
};

/** A command that goes on until it is closed. */
export function start(command: readonly string[], place: Place): Started {
  const { child, said, ended } = launch(command, place);
  return {
    said,
    async close() {
      signal(child, "SIGTERM");
      const late = setTimeout(() => signal(child, "SIGKILL"), 10_000);
      await ended;
      clearTimeout(late);
    },
  };
}

/** A command that ends. Throws with what it said if it does not end well. */
export async function run(
  command: readonly string[],
  place: Place,
): Promise<string> {
  const { child, said, ended } = launch(command, place);
  await ended;
  if (child.exitCode !== 0)
    throw new Error(`${command.join(" ")} failed:\n${said()}`);
  return said();
}

function launch([program = "", ...args]: readonly string[], place: Place) {
  // A group of its own: npm starts a shell, and that what was meant.
  const child = spawn(program, args, { ...place, detached: true });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const ended = once(child, "close").then(() => running.delete(child));
  return { child, said: () => output, ended };
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, name);
  } catch {
    // nobody is left in it
  }
}
