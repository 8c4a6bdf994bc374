import { assertIsolation, UnsafeRoles } from "@/lib/platform/db";
import { startTelemetry } from "@/lib/platform/telemetry";
import { env, missingSettings } from "@/lib/platform/env";
import { describeError, log, logConsoleErrors } from "@/lib/platform/log";

/** Before the first request: checks what checkIsolation checks, and then keeps people's data out of the output. */
export async function checkBoot(): Promise<void> {
  await startTelemetry();
  await checkIsolation();
  if (env().NODE_ENV === "production") logConsoleErrors();
}

/**
 * Throws for malformed settings and for a database in which tenants would not be kept apart. A database
 * that does not answer yet is no reason to stop: pages say so until it does.
 */
async function checkIsolation(): Promise<void> {
  if (missingSettings().length > 0) return;
  try {
    await assertIsolation();
  } catch (error) {
    if (error instanceof UnsafeRoles) throw error;
    log().error(
      { error: describeError(error) },
      "could not check the database at boot",
    );
  }
}
