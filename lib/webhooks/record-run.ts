import { Prisma, systemSql } from "@/lib/platform/db";

/** Does the work of a cron and, once it is done, notes when: the doctor tells whether crons run. */
export async function recordRun<T>(
  name: "drain" | "heal",
  work: () => Promise<T>,
): Promise<T> {
  const done = await work();
  await systemSql(
    "a cron ran",
    Prisma.sql`
      INSERT INTO job_cursor AS job (name) VALUES (${`ran.${name}`})
      ON CONFLICT (name) DO UPDATE SET updated_at = now() WHERE job.updated_at < now() - interval '30 seconds'`,
  );
  return done;
}
