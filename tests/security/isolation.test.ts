import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemDb, tenantDb } from "@/lib/platform/db";
import { claimNewest, takeTicket } from "@/lib/sync/ticket";
import { fillTables, tenantTables } from "@/tests/support/fill-tables";
import { hardenedLogin, tenantsLogin } from "@/tests/support/hardened-login";
import { hasPgbouncer, startPgbouncer } from "@/tests/support/pgbouncer";
import { startWorld, type Person, type World } from "@/tests/support/world";

const ownerUrl = process.env.DATABASE_URL ?? "";
const adminUrl = process.env.TEST_ADMIN_DATABASE_URL ?? "";
const admin = new pg.Client({ connectionString: adminUrl });
await admin.connect();
const tables = await tenantTables(admin);

let world: World;
let ada: Person;
let bob: Person;
const app = new pg.Client({ connectionString: ownerUrl });

beforeAll(async () => {
  world = await startWorld();
  await app.connect();
  [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
  for (const person of [ada, bob]) {
    await world.buy(person, "pro_monthly");
    await world.buy(person, "onboarding_session");
    await fillTables(admin, person.tenantId);
  }
});
afterAll(async () => {
  await Promise.all([app.end(), admin.end()]);
  await world.close();
});

type Attempt = { sql: string; values?: unknown[] };

/** Runs SQL as the app does for a tenant (or for none), and undoes it. */
async function as(
  tenantId: string | null,
  { sql, values = [] }: Attempt,
  client = app,
) {
  await client.query("BEGIN");
  try {
    await client.query("SELECT set_config('role', app_role('tenant'), true)");
    await client.query("SELECT set_config('app.tenant_id', $1, true)", [
      tenantId ?? "",
    ]);
    return await client.query(sql, values);
  } finally {
    await client.query("ROLLBACK");
  }
}

const refusal = /permission denied|row-level security/;

/** How many rows it reached: none at all if it was refused. Any other failure is one of this test's own. */
async function reached(
  tenantId: string | null,
  attempt: Attempt,
  client: pg.Client,
): Promise<number> {
  try {
    return (await as(tenantId, attempt, client)).rowCount ?? 0;
  } catch (error) {
    if (!(error instanceof Error) || !refusal.test(error.message)) throw error;
    return 0;
  }
}

/** Everything that somebody may try with the other's rows of a table; nothing of it may reach a row. */
async function attemptsOn(
  table: string,
  own: string,
  other: string,
): Promise<Record<string, Attempt>> {
  const { rows } = await admin.query<{
    row: object;
    key: string[];
    set: string;
  }>(
    `SELECT to_jsonb(it) AS row, (SELECT array_agg(attname::text) FROM pg_index JOIN pg_attribute
         ON attrelid = indrelid AND attnum = ANY (indkey) WHERE indrelid = $2::regclass AND indisprimary) AS key,
       COALESCE((SELECT attname FROM pg_attribute WHERE attrelid = $2::regclass AND attnum > 0 AND NOT attisdropped
         AND has_column_privilege(app_role('tenant'), attrelid, attnum, 'UPDATE') LIMIT 1), 'tenant_id') AS set
     FROM "${table}" AS it WHERE tenant_id = $1 LIMIT 1`,
    [other, `"${table}"`],
  );
  const [found] = rows;
  if (!found) throw new Error(`${table} has no row of ${other}`);
  const row = JSON.stringify(found.row);
  const set = `"${found.set}" = "${table}"."${found.set}"`;
  const insert = `INSERT INTO "${table}" SELECT * FROM jsonb_populate_record(NULL::"${table}", $1)`;
  const theirs = `WHERE tenant_id = $1`;
  return {
    select: { sql: `SELECT FROM "${table}" ${theirs}`, values: [other] },
    lock: {
      sql: `SELECT FROM "${table}" ${theirs} FOR UPDATE`,
      values: [other],
    },
    insert: { sql: insert, values: [row] },
    update: { sql: `UPDATE "${table}" SET ${set} ${theirs}`, values: [other] },
    move: {
      sql: `UPDATE "${table}" SET tenant_id = $1 WHERE tenant_id = $2`,
      values: [other, own],
    },
    delete: { sql: `DELETE FROM "${table}" ${theirs}`, values: [other] },
    upsert: {
      sql: `${insert} ON CONFLICT (${found.key.join(", ")}) DO UPDATE SET ${set}`,
      values: [row],
    },
    merge: {
      sql: `MERGE INTO "${table}" USING (SELECT $1 AS theirs) AS one ON tenant_id = theirs
        WHEN MATCHED THEN UPDATE SET ${set}`,
      values: [other],
    },
    "raw SQL without a filter": {
      sql: `SELECT FROM "${table}" WHERE tenant_id <> $1`,
      values: [own],
    },
    "a condition that would tell": {
      sql: `SELECT FROM "${table}" WHERE 1 / (tenant_id = $1)::int = 2`,
      values: [own],
    },
    truncate: { sql: `TRUNCATE "${table}" CASCADE` },
  };
}

const ways: [
  string,
  boolean,
  () => Promise<{ url: string; close(): unknown }>,
][] = [
  ["one URL, the owner's", true, async () => ({ url: ownerUrl, close() {} })],
  [
    "two URLs, the app's owning nothing",
    true,
    async () => ({ url: await hardenedLogin(adminUrl, ownerUrl), close() {} }),
  ],
  [
    "three URLs, the tenants' own",
    true,
    async () => ({ url: await tenantsLogin(adminUrl, ownerUrl), close() {} }),
  ],
  [
    "PgBouncer in transaction mode",
    hasPgbouncer,
    async () => startPgbouncer(await hardenedLogin(adminUrl, ownerUrl)),
  ],
];

describe.each(ways)("through %s", (_, isThere, open) => {
  let way: { url: string; close(): unknown };
  let client: pg.Client;
  beforeAll(async () => {
    if (!isThere) return;
    way = await open();
    client = new pg.Client({ connectionString: way.url });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await way?.close();
  });

  describe.skipIf(!isThere).each(tables)("%s", (table) => {
    it("is read by its own tenant, if by any", async () => {
      const read = { sql: `SELECT tenant_id FROM "${table}"` };
      const answer = await as(ada.tenantId, read, client).catch(
        (error: Error) => error.message,
      );
      if (typeof answer === "string") return expect(answer).toMatch(refusal);
      const owners = answer.rows as { tenant_id: string }[];
      expect(new Set(owners.map((row) => row.tenant_id))).toEqual(
        new Set([ada.tenantId]),
      );
    });

    it("gives another tenant nothing to read, write or point out", async () => {
      const attempts = await attemptsOn(table, ada.tenantId, bob.tenantId);
      for (const [name, attempt] of Object.entries(attempts))
        expect([name, await reached(ada.tenantId, attempt, client)]).toEqual([
          name,
          0,
        ]);
    });

    it("gives nothing where no tenant is set", async () => {
      const attempts = await attemptsOn(table, "", bob.tenantId);
      for (const [name, attempt] of Object.entries(attempts))
        expect([name, await reached(null, attempt, client)]).toEqual([name, 0]);
    });
  });

  it.skipIf(!isThere)("two tenants take turns on one connection", async () => {
    const clients = Array.from(
      { length: 6 },
      () => new pg.Client({ connectionString: way.url }),
    );
    await Promise.all(clients.map((one) => one.connect()));
    const seen = await Promise.all(
      clients.map(async (one, index) => {
        const { tenantId } = index % 2 ? ada : bob;
        const owners = new Set<string>();
        for (let n = 0; n < 20; n += 1)
          for (const row of await turn(one, tenantId))
            owners.add(row.tenant_id);
        return [...owners].join() === tenantId;
      }),
    );
    const { rows } = await client.query<{ own: boolean; tenant: string }>(
      "SELECT current_user = session_user AS own, COALESCE(current_setting('app.tenant_id', true), '') AS tenant",
    );
    await Promise.all(clients.map((one) => one.end()));
    expect(seen).toEqual(clients.map(() => true));
    expect(rows).toEqual([{ own: true, tenant: "" }]);
  });

  /** One transaction, sent as one message, so that others come between the turns and not into them. */
  async function turn(one: pg.Client, tenantId: string) {
    const answers = await one.query<{ tenant_id: string }>(
      `BEGIN; SELECT set_config('role', app_role('tenant'), true), set_config('app.tenant_id', '${tenantId}', true);
       SELECT tenant_id FROM invoice; COMMIT`,
    );
    const [, , own] = answers as unknown as pg.QueryResult<{
      tenant_id: string;
    }>[];
    if (!own || own.rows.length === 0) throw new Error("no invoice of its own");
    return own.rows;
  }
});

/** better-auth reads these itself, with the privileges of the login. */
const betterAuths = /^(membership|invitation|api_key)$/;

describe("a login that owns nothing", () => {
  it("cannot undo the isolation, whatever SQL it is made to run", async () => {
    const url = await hardenedLogin(adminUrl, ownerUrl);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (const sql of [
      "ALTER TABLE invoice DISABLE ROW LEVEL SECURITY",
      "ALTER TABLE invoice NO FORCE ROW LEVEL SECURITY",
      "DROP POLICY tenant ON invoice",
      "CREATE POLICY all_of_it ON invoice USING (true)",
      "TRUNCATE audit_entry",
      "DELETE FROM audit_entry",
      "DROP TABLE audit_entry",
      "SET session_replication_role = replica",
      "CREATE TABLE mine (x int)",
    ])
      await expect(client.query(sql), sql).rejects.toThrow(
        /permission denied|must be owner/,
      );
    for (const table of tables) {
      const { rowCount } = await client
        .query(`SELECT FROM "${table}"`)
        .catch((error: Error) => {
          if (!refusal.test(error.message)) throw error;
          return { rowCount: 0 };
        });
      if (!betterAuths.test(table))
        expect([table, rowCount]).toEqual([table, 0]);
    }
    await client.end();
  });
});

/** Of every reference between two tenants' tables, the columns beside the tenant. */
const references = await admin
  .query<{
    name: string;
    from: string;
    to: string;
    here: string[];
    there: string[];
  }>(
    `SELECT conname AS name, conrelid::regclass::text AS "from", confrelid::regclass::text AS "to",
       array_agg(a.attname::text) AS here, array_agg(b.attname::text) AS there
     FROM pg_constraint, unnest(conkey, confkey) AS pair (x, y)
       JOIN pg_attribute a ON a.attnum = x JOIN pg_attribute b ON b.attnum = y
     WHERE contype = 'f' AND a.attrelid = conrelid AND b.attrelid = confrelid
       AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = confrelid AND attname = 'tenant_id')
       AND a.attname <> 'tenant_id'
     GROUP BY conname, conrelid, confrelid ORDER BY 1`,
  )
  .then(({ rows }) => rows);

describe("a reference", () => {
  it("is among what is tried", () => {
    expect(references.length).toBeGreaterThanOrEqual(10);
  });

  it.each(references)(
    "$name never leads to another tenant's row",
    async (it_) => {
      const set = it_.here
        .map((name, index) => `"${name}" = other."${it_.there[index]}"`)
        .join(", ");
      // As a superuser, past every policy: the key itself refuses.
      await admin.query("ROLLBACK; BEGIN");
      const one = (table: string, place: string) =>
        `(SELECT ctid FROM ${table} WHERE tenant_id = ${place} LIMIT 1)`;
      const move = admin.query(
        `UPDATE ${it_.from} AS it SET ${set} FROM ${it_.to} AS other
         WHERE it.ctid = ${one(it_.from, "$1")} AND other.ctid = ${one(it_.to, "$2")}`,
        [ada.tenantId, bob.tenantId],
      );
      await expect(move).rejects.toThrow(/foreign key/);
      await admin.query("ROLLBACK");
    },
  );
});

describe("two tenants", () => {
  it("keep what is theirs when an answer of Stripe's names the other as its owner", async () => {
    const [object] = await world.rows<{ id: string }>(
      "SELECT id FROM subscription WHERE tenant_id = $1",
      [bob.tenantId],
    );
    const stripeId = object?.id ?? "";
    const ticket = await takeTicket();
    const claimed = await systemDb("test", (tx) =>
      claimNewest(tx, { stripeId, tenantId: ada.tenantId, ticket }),
    );
    expect(claimed).toBe(false);
    const owners = await world.rows(
      "SELECT tenant_id FROM stripe_object_owner WHERE stripe_id = $1",
      [stripeId],
    );
    expect(owners).toEqual([{ tenant_id: bob.tenantId }]);
  });

  it("read no inbox, no owners, no sessions, no passwords", async () => {
    const closed = [
      "stripe_event",
      "stripe_object_owner",
      "trial_use",
      "session",
      "account",
      "verification",
    ];
    for (const table of closed) {
      await expect(
        as(ada.tenantId, { sql: `SELECT * FROM ${table}` }),
        table,
      ).rejects.toThrow(refusal);
    }
  });

  it("are kept apart by tenantDb also in raw SQL and with no filter", async () => {
    const rows = await tenantDb(ada, (tx) => tx.subscription.findMany());
    expect(new Set(rows.map((row) => row.tenantId))).toEqual(
      new Set([ada.tenantId]),
    );
    const raw = await tenantDb(
      ada,
      (tx) => tx.$queryRaw`SELECT DISTINCT tenant_id FROM invoice`,
    );
    expect(raw).toEqual([{ tenant_id: ada.tenantId }]);
  });

  it("leave nothing of their identity on the connection", async () => {
    await tenantDb(ada, (tx) => tx.$queryRaw`SELECT 1`);
    const rows = await app.query(
      "SELECT current_user = session_user AS own, current_setting('app.tenant_id', true) AS tenant",
    );
    expect(rows.rows).toEqual([{ own: true, tenant: "" }]);
  });
});

describe("the owner's login", () => {
  it.each(tables.filter((name) => !betterAuths.test(name)))(
    "sees nothing of %s without changing into one of the roles",
    async (table) => {
      const { rows } = await app.query(`SELECT count(*)::int FROM "${table}"`);
      expect(rows).toEqual([{ count: 0 }]);
    },
  );
});

describe("the audit log", () => {
  it("holds ids and codes, and nothing that a person is known by", async () => {
    const entries = await world.rows(
      "SELECT concat_ws(' ', actor_id, object_id, cause, details) AS text FROM audit_entry",
    );
    expect(entries.length).toBeGreaterThan(8);
    const known = [ada, bob].flatMap(({ email, slug }) => [email, slug]);
    for (const { text } of entries)
      for (const word of [...known, "@", "Ada", "Bob", "4242"])
        expect(text).not.toContain(word);
  });
});
