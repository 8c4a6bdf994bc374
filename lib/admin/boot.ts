import { assertIsolation, UnsafeRoles } from "@/lib/platform/db";
import { missingSettings } from "@/lib/platform/env";
import { describeError, log } from "@/lib/platform/log";

/**
 * Throws for malformed settings and for a database in which tenants would not be kept apart. A database
 * that does not answer yet is no reason to stop: pages say so until it does.
 */
export async function checkBoot(): Promise<void> {
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
