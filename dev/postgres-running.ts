import { execFileSync } from "node:child_process";
import {
  existsSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/**
 * The port of the server that already runs on this data folder, as after a kill -9 of whoever started it;
 * null when there is none. A stale postmaster.pid is removed, so that its number cannot mislead Postgres.
 */
export async function findRunning(
  data: string,
  password: string,
): Promise<number | null> {
  const file = join(data, "postmaster.pid");
  for (let waited = 0; existsSync(file); waited += 100) {
    const [pid = "", , , port = ""] = readFileSync(file, "utf8").split("\n");
    if (!isServerOf(Number(pid), data)) {
      rmSync(file, { force: true });
      return null;
    }
    if (await answers(Number(port), password, data)) return Number(port);
    // It is still starting, or stopping.
    if (waited >= 30_000) {
      throw new Error(
        `PostgreSQL (process ${pid}) holds ${data} but does not answer. Stop it and try again.`,
      );
    }
    await sleep(100);
  }
  return null;
}

/** After a crash, the number in postmaster.pid may belong to any program by now. */
function isServerOf(pid: number, data: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code !== "EPERM") return false;
  }
  try {
    if (process.platform === "win32") return true;
    if (process.platform === "linux") {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data); // Postgres works in its data folder
    }
    const args = ["-o", "command=", "-p", String(pid)];
    return execFileSync("ps", args, { encoding: "utf8" }).includes(data);
  } catch {
    return false;
  }
}

async function answers(port: number, password: string, data: string) {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password,
    connectionTimeoutMillis: 2000,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>(
      "SHOW data_directory",
    );
    const shown = rows[0]?.data_directory;
    return shown !== undefined && realpathSync(shown) === realpathSync(data);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
