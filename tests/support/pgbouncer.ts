import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { choosePort } from "@/dev/ports";

const places = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"];
const program = places.find((path) => existsSync(path));

/** Where it is not installed, what is tested through it says so as skipped. */
export const hasPgbouncer = program !== undefined;

/**
 * PgBouncer in transaction mode before this database, with so many connections to it, else as its distribution
 * configures it. Everybody who connects shares them, one transaction after the other.
 */
export async function startPgbouncer(
  databaseUrl: string,
  { connections = 2 } = {},
) {
  if (!program) throw new Error("PgBouncer is not installed");
  const server = new URL(databaseUrl);
  const port = await choosePort(0);
  const folder = await mkdtemp(join(tmpdir(), "turnpike-pgbouncer-"));
  await chmod(folder, 0o755);
  const user = decodeURIComponent(server.username);
  const password = decodeURIComponent(server.password);
  await writeFile(join(folder, "users"), `"${user}" "${password}"\n`);
  await writeFile(
    join(folder, "pgbouncer.ini"),
    `[databases]
* = host=${server.hostname} port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, "users")}
pool_mode = transaction
default_pool_size = ${connections}
max_client_conn = 200
`,
  );
  const isRoot = process.getuid?.() === 0;
  const child = spawn(program, [join(folder, "pgbouncer.ini")], {
    stdio: "ignore",
    ...(isRoot && { uid: 65534, gid: 65534 }), // it refuses to run as root
  });
  const url = new URL(databaseUrl);
  url.port = String(port);
  await answers(url.href);
  return {
    url: url.href,
    async close() {
      child.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<void> {
  for (const end = Date.now() + 20_000; ;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
