import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What is made up once and must stay the same from one start to the next. */
export type Secrets = {
  betterAuth: string;
  cron: string;
  webhook?: { endpointId: string; secret: string };
};

export function readSecrets(dataDir: string): Secrets {
  const file = fileIn(dataDir);
  if (existsSync(file))
    return JSON.parse(readFileSync(file, "utf8")) as Secrets;
  const secrets: Secrets = {
    betterAuth: randomBytes(32).toString("base64url"),
    cron: randomBytes(24).toString("base64url"),
  };
  writeSecrets(dataDir, secrets);
  return secrets;
}

export function writeSecrets(dataDir: string, secrets: Secrets) {
  const file = fileIn(dataDir);
  writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), {
    mode: 0o600,
  });
  renameSync(`${file}.new`, file);
}

function fileIn(dataDir: string): string {
  return join(dataDir, "secrets.json");
}
