import { randomBytes } from "node:crypto";
import pg from "pg";
import { migrateAs } from "@/prisma/migrate.mjs";

/** A login that owns nothing, let in as DIRECT_URL lets it in; `ownerUrl` is the owner's. Returns its own URL. */
export async function hardenedLogin(
  adminUrl: string,
  ownerUrl: string,
): Promise<string> {
  const url = new URL(ownerUrl);
  url.username = `app_${randomBytes(6).toString("hex")}`;
  url.password = randomBytes(12).toString("hex");
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(
    `CREATE ROLE ${url.username} LOGIN PASSWORD '${url.password}'`,
  );
  await admin.end();
  await migrateAs(url.href, ownerUrl);
  return url.href;
}
