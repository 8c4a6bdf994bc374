import { systemDb } from "@/lib/platform/db";
import { describeError, log } from "@/lib/platform/log";

/** Whether the database answers. Says nothing else to the outside. */
export async function isHealthy(): Promise<boolean> {
  try {
    await systemDb("health", (tx) => tx.$queryRaw`SELECT 1`);
    return true;
  } catch (error) {
    log().error({ error: describeError(error) }, "database does not answer");
    return false;
  }
}
