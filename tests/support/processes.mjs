// The processes of `npm test`, all of which end with it. Node built-ins only.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const running = new Set();
let interrupted = false;
const ownGroup = process.platform !== "win32";

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function runNode(args, env) {
  return run(process.execPath, args, env);
}

/**
 * Runs to the end and gives the output back.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {number} [timeout] in milliseconds
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function run(program, args, env, timeout) {
  return new Promise((resolve) => {
    if (interrupted) return; // nothing follows any more
    // A group of its own: what it starts can be ended with it.
    const child = spawn(program, args, {
      env,
      timeout,
      detached: ownGroup,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    }
    const end = (ok) => {
      running.delete(child);
      signal(child, "SIGKILL");
      if (!interrupted) resolve({ ok, output });
    };
    child.on("error", (error) => {
      output += String(error);
      end(false);
    });
    child.on("close", (code) => end(code === 0));
  });
}

/** @param {string} scratch */
export function onInterrupt(scratch) {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(name, () => {
      if (interrupted) return;
      interrupted = true;
      void endAll(scratch).then(() => process.exit(130));
    });
  }
}

/**
 * Ends every step and every database that one of them left running, and removes the scratch folder.
 * @param {string} scratch
 */
export async function endAll(scratch) {
  const children = [...running];
  for (const child of children) signal(child, "SIGTERM");
  for (let waited = 0; running.size > 0 && waited < 5000; waited += 50) {
    await sleep(50);
  }
  for (const child of children) signal(child, "SIGKILL");
  for (const pid of databasesIn(scratch)) {
    try {
      process.kill(pid, "SIGQUIT"); // at once: nobody needs this data again
    } catch {
      // it has ended by itself
    }
  }
  rmSync(scratch, { recursive: true, force: true, maxRetries: 20 });
}

function signal(child, name) {
  try {
    if (ownGroup) process.kill(-child.pid, name);
    else child.kill(name);
  } catch {
    // it has ended by itself
  }
}

/** @param {string} scratch */
function databasesIn(scratch) {
  return readdirSync(scratch, { withFileTypes: true }).flatMap((entry) => {
    try {
      const file = join(scratch, entry.name, "postgres/postmaster.pid");
      return [Number(readFileSync(file, "utf8").split("\n")[0])];
    } catch {
      return [];
    }
  });
}
