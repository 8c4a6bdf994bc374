import { randomBytes } from "node:crypto";
import pg from "pg";
import { letTenantsIn, migrateAs } from "@/prisma/migrate.mjs";

/** A login that owns nothing, let in as DIRECT_URL lets it in; `ownerUrl` is the owner's. Returns its own URL. */
export async function hardenedLogin(
  adminUrl: string,
  ownerUrl: string,
): Promise<string> {
  const url = await newLogin(adminUrl, ownerUrl);
  await migrateAs(url, ownerUrl);
  return url;
}

/** The same for TENANT_DATABASE_URL: a login that may act for tenants alone. */
export async function tenantsLogin(
  adminUrl: string,
  ownerUrl: string,
): Promise<string> {
  const url = await newLogin(adminUrl, ownerUrl);
  await letTenantsIn(url, ownerUrl);
  return url;
}

async function newLogin(adminUrl: string, ownerUrl: string): Promise<string> {
  const url = new URL(ownerUrl);
  url.username = `app_${randomBytes(6).toString("hex")}`;
  url.password = randomBytes(12).toString("hex");
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(
    `CREATE ROLE ${url.username} LOGIN PASSWORD '${url.password}'`,
  );
  await admin.end();
  return url.href;
}
