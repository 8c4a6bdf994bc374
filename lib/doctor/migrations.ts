import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The migrations of this code, with the checksums under which they are recorded. next.config.ts takes the
 * folder along into a build. Throws where it is absent.
 */
export function listMigrations(): { name: string; checksum: string }[] {
  const folder = join(process.cwd(), "prisma/migrations");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const bytes = readFileSync(join(folder, name, "migration.sql"));
      const checksum = createHash("sha256").update(bytes).digest("hex");
      return { name, checksum };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
