// Node built-ins only.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

const OURS =
  /^(STRIPE_|GOOGLE_|GITHUB_CLIENT_|OTEL_|ERROR_WEBHOOK_|TURNPIKE_|BETTER_AUTH_|SMTP_|MAIL_|DATABASE_|DIRECT_|CRON_|STAFF_|APP_URL$|PORT$|TRUSTED_|VERCEL|LOG_LEVEL$|NODE_ENV$|NEXT_PUBLIC_|PG)/;
const FILES = [
  ".env",
  ".env.local",
  ".env.production",
  ".env.production.local",
  ".env.test",
];

/**
 * The environment for tests, without any setting of the developer's: no test may reach a real database,
 * a real Stripe account or a real mailbox. Next reads .env files itself, but not names that are set, so
 * those are set to nothing, which counts as absent.
 * @param {string} root
 * @param {string} scratch
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnvironment(root, scratch) {
  const kept = Object.entries(process.env).filter(([name]) => !OURS.test(name));
  const names = FILES.map((file) => join(root, file))
    .filter((file) => existsSync(file))
    .flatMap((file) => Object.keys(parseEnv(readFileSync(file, "utf8"))));
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(names.map((name) => [name, ""])),
    TMPDIR: scratch,
    TURNPIKE_DATA: join(scratch, "data"),
    NEXT_TELEMETRY_DISABLED: "1",
    CHECKPOINT_DISABLE: "1",
  };
}
