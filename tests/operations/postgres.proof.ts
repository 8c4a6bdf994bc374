import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Postgres, startPostgres } from "@/dev/postgres";
import { queryOnce } from "@/tests/support/query-once";

let dataDir: string;
let postgres: Postgres | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "turnpike postgres "));
  await chmod(dataDir, 0o711); // as root, Postgres runs as another user
});

afterEach(async () => {
  await postgres?.close();
  postgres = undefined;
  await rm(dataDir, { recursive: true });
});

const pidFile = () => join(dataDir, "postgres/postmaster.pid");

/** Another process that starts the database and tells its URL. */
async function startElsewhere(): Promise<{ child: ChildProcess; url: string }> {
  const script = `
    const { startPostgres } = await import("./dev/postgres.ts");
    const { url } = await startPostgres({ dataDir: process.argv[1], fsync: false });
    console.log(url);
    setInterval(() => {}, 1000);`;
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "-e", script, dataDir],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, url: line.toString().trim() };
}

test("after kill -9 of whoever started it, the server is taken over with its data", async () => {
  const { child, url } = await startElsewhere();
  await queryOnce(url, "CREATE TABLE kept AS SELECT 1 AS n");
  const before = await readFile(pidFile(), "utf8");
  child.kill("SIGKILL");
  await once(child, "exit");

  postgres = await startPostgres({ dataDir, fsync: false });

  expect(await readFile(pidFile(), "utf8")).toBe(before);
  expect(await queryOnce(postgres.url, "SELECT n FROM kept")).toEqual([
    { n: 1 },
  ]);
});

test("a folder that a live process uses is refused, and its server left alone", async () => {
  postgres = await startPostgres({ dataDir, fsync: false });

  await expect(startPostgres({ dataDir, fsync: false })).rejects.toThrow(
    /in use by another process/,
  );
  expect(await queryOnce(postgres.url, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
});

test("a stale postmaster.pid that names somebody else's process harms nobody", async () => {
  postgres = await startPostgres({ dataDir, fsync: false });
  const stale = await readFile(pidFile(), "utf8");
  await postgres.close();
  const bystander = spawn("sleep", ["60"]);
  await writeFile(pidFile(), stale.replace(/^\d+/, String(bystander.pid)));

  postgres = await startPostgres({ dataDir, fsync: false });

  expect(await queryOnce(postgres.url, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
  expect(bystander.exitCode).toBeNull();
  bystander.kill();
});

test("a server that goes away is reported, and closing it afterwards is quiet", async () => {
  const lost = new Promise<void>((resolve) => {
    void startPostgres({ dataDir, fsync: false, onLost: resolve }).then(
      async (started) => {
        postgres = started;
        const pid = Number((await readFile(pidFile(), "utf8")).split("\n")[0]);
        process.kill(pid, "SIGINT");
      },
    );
  });

  await lost;
});
