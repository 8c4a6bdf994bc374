import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  distributionOf,
  tablesWithoutTenant,
  type Distribution,
} from "@/tests/support/distribution";

const admin = new pg.Client({
  connectionString: process.env.TEST_ADMIN_DATABASE_URL,
});
beforeAll(() => admin.connect());
afterAll(() => admin.end());

/** What is found by an id alone, before anybody knows whose it is: kept on every server alike. */
const lookups = {
  api_key: [
    "unique without the tenant: api_key_key_key",
    "unique without the tenant: api_key_pkey",
  ],
  invitation: ["unique without the tenant: invitation_pkey"],
  membership: ["unique without the tenant: membership_pkey"],
  stripe_object_owner: ["unique without the tenant: stripe_object_owner_pkey"],
  trial_use: ["unique without the tenant: trial_use_pkey"],
};

/** What triggers hold: each looks at rows of the same tenant alone, so on one server. */
const withTrigger = {
  charge: ["trigger: note_late"],
  dispute: ["trigger: note_late"],
  invoice: ["trigger: note_late"],
  mrr_movement: ["trigger: note_late"],
  refund: ["trigger: note_late"],
  refund_command: ["trigger: refund_within_captured"],
  subscription: ["trigger: note_late", "trigger: record_mrr_movement"],
};

/** No tenant's: people and what is to be erased, the inbox, and what keeps jobs apart. */
const withoutTenant = [
  "account",
  "alarm",
  "drift",
  "erasure",
  "job_cursor",
  "metric_sum",
  "rate_limit",
  "session",
  "stripe_event",
  "stripe_read_budget",
  "tenant",
  "user",
  "verification",
  "webhook_day",
  "webhook_hour",
];

const withObstacles = (all: Distribution) =>
  Object.fromEntries(Object.entries(all).filter(([, found]) => found.length));

/** What is found after this change of the schema, which is then undone. */
async function after(change: string): Promise<Distribution> {
  await admin.query("BEGIN");
  try {
    await admin.query(change);
    return await distributionOf(admin);
  } finally {
    await admin.query("ROLLBACK");
  }
}

describe("the tables can be spread over servers by tenant", () => {
  it("as they stand, but for those that are found by an id alone and a few triggers", async () => {
    const all = await distributionOf(admin);
    expect(withObstacles(all)).toEqual({ ...lookups, ...withTrigger });
    expect(Object.keys(all).length).toBeGreaterThan(25);
    expect(await tablesWithoutTenant(admin)).toEqual(withoutTenant);
  });

  it.each([
    [
      "a key of its own",
      "CREATE TABLE invention (tenant_id text, id text PRIMARY KEY)",
      "unique without the tenant: invention_pkey",
    ],
    [
      "a name that is unique everywhere",
      "CREATE TABLE invention (tenant_id text, id text, name text UNIQUE, PRIMARY KEY (tenant_id, id))",
      "unique without the tenant: invention_name_key",
    ],
    [
      "a reference by an id alone",
      `CREATE TABLE invention (tenant_id text, id text, owner text CONSTRAINT of_whom REFERENCES stripe_object_owner, PRIMARY KEY (tenant_id, id))`,
      "refers to another tenant's rows: of_whom",
    ],
    [
      "a number from one sequence",
      "CREATE TABLE invention (tenant_id text, id bigserial, PRIMARY KEY (tenant_id, id))",
      "draws from a sequence: id",
    ],
  ])("and a table with %s is found out", async (_, change, line) => {
    expect((await after(change))["invention"]).toEqual([line]);
  });
});
