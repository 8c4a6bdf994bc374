import { systemDb } from "@/lib/platform/db";

/** A job that is silent for so long is taken for dead. */
const leaseSeconds = 120;

export type Job = {
  /** Where the last run stopped; empty at the beginning. */
  position: string;
  /** Says how far this run has come, and that it is alive. */
  advance(position: string): Promise<void>;
};

/**
 * Runs `work` unless another instance is running the job of this name; null then. Where it stops or dies,
 * the next run goes on from the last position that it told.
 */
export async function runJob<T>(
  name: string,
  work: (job: Job) => Promise<T>,
): Promise<T | null> {
  const position = await start(name);
  if (position === null) return null;
  try {
    return await work({ position, advance: (to) => advance(name, to) });
  } finally {
    await release(name);
  }
}

async function start(name: string): Promise<string | null> {
  const [row] = await systemDb(
    "start a job",
    (tx) => tx.$queryRaw<{ position: string }[]>`
      INSERT INTO job_cursor AS job (name, lease_until)
      VALUES (${name}, now() + make_interval(secs => ${leaseSeconds}))
      ON CONFLICT (name) DO UPDATE SET lease_until = excluded.lease_until
      WHERE job.lease_until IS NULL OR job.lease_until < now()
      RETURNING position`,
  );
  return row?.position ?? null;
}

async function advance(name: string, position: string): Promise<void> {
  await systemDb(
    "a job goes on",
    (tx) => tx.$executeRaw`
      UPDATE job_cursor SET position = ${position}, updated_at = now(),
        lease_until = now() + make_interval(secs => ${leaseSeconds})
      WHERE name = ${name}`,
  );
}

async function release(name: string): Promise<void> {
  await systemDb(
    "a job ends",
    (tx) =>
      tx.$executeRaw`UPDATE job_cursor SET lease_until = NULL WHERE name = ${name}`,
  );
}
