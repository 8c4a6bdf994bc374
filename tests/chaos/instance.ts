import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

const endWithParent = new URL("../../dev/end-with-parent.mjs", import.meta.url)
  .href;

export type Instance = {
  port: number;
  /** Ends it on the spot, as a power cut does; it is started again at once. */
  kill(): void;
  ready(): Promise<void>;
  stop(): Promise<void>;
};

/** One process of the built app, started again whenever it ends. */
export function startInstance(options: {
  port: number;
  appDir: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Each line that it prints. */
  onLine: (line: string) => void;
  /** It answers, for the first time in this life. */
  onReady: () => void;
}): Instance {
  const { port, appDir, env, onLine } = options;
  const log = createWriteStream(options.logFile, { flags: "a" });
  let stopped = false;
  let child: ChildProcess;
  let ready: Promise<void>;

  const start = () => {
    const args = [
      "--import",
      endWithParent,
      "node_modules/next/dist/bin/next",
      "start",
      appDir,
      "-p",
      String(port),
    ];
    const own = spawn(process.execPath, args, {
      env: { ...env, PORT: String(port), NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      detached: true,
    });
    child = own;
    for (const stream of [own.stdout, own.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (line) => {
        log.write(`${line}\n`);
        onLine(line);
      });
    }
    ready = answers(port, own).then((does) => {
      if (does) options.onReady();
    });
    own.once("exit", () => {
      killGroup(own);
      if (!stopped) start();
    });
  };
  start();

  return {
    port,
    kill: () => killGroup(child),
    async ready() {
      for (let seen; seen !== ready;) {
        seen = ready;
        await seen;
      }
    },
    async stop() {
      stopped = true;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      killGroup(child);
      if (child.exitCode === null && child.signalCode === null) await ended;
      log.end();
    },
  };
}

async function answers(port: number, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/robots.txt`);
      await answer.arrayBuffer();
      return true;
    } catch {
      await pause(40);
    }
  }
  return false;
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // it has ended by itself
  }
}
