import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Leaves what this stack was supplied with in `dataDir`, for commands that are run beside it
 * (lib/platform/settings-files.ts), until it closes.
 */
export function writeSettings(
  dataDir: string,
  { given, used }: { given: NodeJS.ProcessEnv; used: NodeJS.ProcessEnv },
): { close(): void } {
  const file = join(dataDir, "settings.env");
  const supplied = Object.entries(used).filter(
    ([name, value]) => value?.trim() && value !== given[name],
  );
  const lines = supplied.map(([name, value]) => `${name}="${value}"\n`);
  writeFileSync(file, lines.join(""), { mode: 0o600 });
  return { close: () => rmSync(file, { force: true }) };
}
