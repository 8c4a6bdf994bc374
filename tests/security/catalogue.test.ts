import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isolationHoles } from "@/tests/support/isolation-holes";

const admin = new pg.Client({
  connectionString: process.env.TEST_ADMIN_DATABASE_URL,
});
beforeAll(() => admin.connect());
afterAll(() => admin.end());

/** What the gate says after this change of the schema, which is then undone. */
async function after(change: string): Promise<string[]> {
  await admin.query("BEGIN");
  try {
    await admin.query(change);
    return await isolationHoles(admin);
  } finally {
    await admin.query("ROLLBACK");
  }
}

const newTable = (rest: string) =>
  `CREATE TABLE invention (tenant_id text REFERENCES tenant (id), id text, ${rest});`;
const isolated = `SELECT isolate_tenant_table('invention', 'SELECT, INSERT', 'SELECT');`;
const toRole = (kind: string, sql: string) =>
  `DO $$ BEGIN EXECUTE format('${sql.replaceAll("'", "''")}', app_role('${kind}')); END $$;`;

describe("the database keeps tenants apart", () => {
  it("in every table, policy, key, reference, role and right", async () => {
    expect(await isolationHoles(admin)).toEqual([]);
  });

  it("and takes a new table that is made as it should be", async () => {
    const change =
      newTable("customer_id text, PRIMARY KEY (tenant_id, id)") +
      `ALTER TABLE invention ADD FOREIGN KEY (tenant_id, customer_id) REFERENCES customer (tenant_id, id);` +
      isolated;
    expect(await after(change)).toEqual([]);
  });

  it.each([
    [
      "a table without a policy",
      newTable("PRIMARY KEY (tenant_id, id)"),
      /^invention: no row-level security/,
    ],
    [
      "a policy that is not forced",
      `${newTable("PRIMARY KEY (tenant_id, id)")}${isolated}ALTER TABLE invention NO FORCE ROW LEVEL SECURITY`,
      /^invention: no row-level security/,
    ],
    [
      "a reference by a single column",
      `${newTable("subject text REFERENCES stripe_object_owner, PRIMARY KEY (tenant_id, id)")}${isolated}`,
      /^invention: invention_subject_fkey does not carry the tenant/,
    ],
    [
      "a reference whose tenant is another column",
      `${newTable("other text, customer_id text, PRIMARY KEY (tenant_id, id), FOREIGN KEY (other, customer_id) REFERENCES customer (tenant_id, id)")}${isolated}`,
      /^invention: invention_other_customer_id_fkey does not carry the tenant/,
    ],
    [
      "a key that another tenant can meet",
      `${newTable("slug text UNIQUE, PRIMARY KEY (tenant_id, id)")}${isolated}`,
      /^invention: the unique key invention_slug_key says/,
    ],
    [
      "a second policy that lets everything through",
      toRole(
        "tenant",
        "CREATE POLICY support ON invoice FOR SELECT TO %I USING (true)",
      ),
      /^invoice: policy support lets a tenant beyond/,
    ],
    [
      "a policy for everybody",
      "CREATE POLICY own ON invoice USING (current_setting('app.bypass', true) = 'on')",
      /^invoice: policy own lets a tenant beyond/,
    ],
    [
      "a policy that checks what is read, not what is written",
      toRole(
        "tenant",
        "ALTER POLICY tenant ON project TO %I USING (tenant_id = app_tenant()) WITH CHECK (true)",
      ),
      /^project: policy tenant lets a tenant beyond/,
    ],
    [
      "the inbox opened to a tenant",
      toRole("tenant", "GRANT SELECT ON stripe_event TO %I"),
      /^stripe_event: a tenant may read it/,
    ],
    [
      "one column of a session opened to a tenant",
      toRole("tenant", "GRANT SELECT (token) ON session TO %I"),
      /^session: a tenant may read it/,
    ],
    [
      "a role that bypasses policies",
      toRole("tenant", "ALTER ROLE %I BYPASSRLS"),
      /_tenant may more than it should/,
    ],
    [
      "a tenant's role that holds the system's",
      `DO $$ BEGIN EXECUTE format('GRANT %I TO %I', app_role('system'), app_role('tenant')); END $$`,
      /_tenant may more than it should/,
    ],
    [
      "TRUNCATE, which no policy holds back",
      toRole("tenant", "GRANT TRUNCATE ON project TO %I"),
      /^project: TRUNCATE for/,
    ],
    [
      "a right for everybody",
      "GRANT SELECT ON drift TO PUBLIC",
      /^drift: SELECT for everybody/,
    ],
    [
      "an audit trail that can be rewritten",
      toRole("system", "GRANT UPDATE (details) ON audit_entry TO %I"),
      /^audit_entry: system may change/,
    ],
    [
      "history that can be deleted",
      toRole("system", "GRANT DELETE ON subscription_change TO %I"),
      /^subscription_change: system may change/,
    ],
    [
      "a view with its owner's rights",
      "CREATE VIEW revenue AS SELECT sum(total) FROM invoice",
      /^revenue: a view/,
    ],
    [
      "a function with its owner's rights",
      "CREATE FUNCTION peek() RETURNS bigint SECURITY DEFINER LANGUAGE sql AS 'SELECT count(*) FROM invoice'",
      /^peek\(\): a function/,
    ],
  ])("and %s is found out", async (_, change, hole) => {
    const holes = await after(change);
    expect(holes).toContainEqual(expect.stringMatching(hole));
  });
});
