import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { runNode, type Child } from "./child";

const PATIENCE_MS = 120_000;

/** The ticking of dev/cron.ts, which would bury everything else. */
const CRON_LINE = /POST \/api\/cron\/drain 200/;

/** Starts Next. `ready` resolves once it answers and has compiled the page that people open first. */
export function startNext(options: {
  mode: "dev" | "start";
  appDir?: string | undefined;
  port: number;
  env: NodeJS.ProcessEnv;
  log: (line: string) => void;
  /** For node itself. */
  nodeArgs?: string[];
}): Child & { ready: Promise<void> } {
  const { mode, appDir = ".", port, env, log, nodeArgs = [] } = options;
  // Its banner and the requests made here are held back, and shown only if it fails.
  let held: string[] | null = [];
  const child = runNode(
    [
      ...nodeArgs,
      "node_modules/next/dist/bin/next",
      mode,
      appDir,
      "-p",
      String(port),
    ],
    { ...env, NODE_ENV: mode === "dev" ? "development" : "production" },
    (text) => {
      const line = stripVTControlCharacters(text);
      if (line === "" && text !== "") return; // the cursor, shown again when Next ends
      if (held) held.push(line);
      else if (!CRON_LINE.test(line)) log(line);
    },
  );
  let ended = false;
  const ready = warm(port, () => ended).then(
    () => {
      held = null;
    },
    (error: unknown) => {
      for (const line of held ?? []) log(line);
      throw error;
    },
  );
  void child.ended.then(() => {
    ended = true;
  });
  return { ...child, ready };
}

async function warm(port: number, hasEnded: () => boolean) {
  const origin = `http://localhost:${port}`;
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const status = await statusOf(`${origin}/`);
    if (status !== null && status < 500) break;
    if (hasEnded() || Date.now() > until || status !== null) {
      throw new Error(`The app answers ${status ?? "nothing"} at ${origin}/.`);
    }
    await sleep(100);
  }
  await statusOf(`${origin}/pricing`);
  await sleep(100); // for what it prints about these requests
}

async function statusOf(url: string): Promise<number | null> {
  try {
    const response = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
