import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "../../dev/postgres";
import { migrate } from "../../prisma/migrate.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    /** The superuser's URL, and the app's to the migrated database that the tests copy. */
    postgres: { adminUrl: string; templateUrl: string };
  }
}

type Running = { adminUrl: string; url: string; close(): Promise<void> };

// Several projects name this file, and each loads it anew; they share one server.
const shared = globalThis as { turnpikePostgres?: Promise<Running> };

export default async function setup(project: TestProject) {
  const { adminUrl, url, close } = await (shared.turnpikePostgres ??= start());
  project.provide("postgres", { adminUrl, templateUrl: url });
  return close;
}

async function start(): Promise<Running> {
  const dataDir = await mkdtemp(join(tmpdir(), "turnpike-test-"));
  await chmod(dataDir, 0o711); // as root, Postgres runs as another user
  const postgres = await startPostgres({ dataDir, fsync: false });
  await migrate(postgres.url);
  let closing: Promise<void> | undefined;
  const close = () =>
    (closing ??= postgres
      .close()
      .then(() => rm(dataDir, { recursive: true, force: true })));
  return { ...postgres, close };
}
