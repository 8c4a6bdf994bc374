import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemDb, tenantDb } from "@/lib/platform/db";
import { claimNewest, takeTicket } from "@/lib/sync/ticket";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
let ada: Person;
let bob: Person;
let tables: string[];
const app = new pg.Client({ connectionString: process.env.DATABASE_URL });

beforeAll(async () => {
  world = await startWorld();
  await app.connect();
  [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
  for (const person of [ada, bob]) {
    await world.buy(person, "pro_monthly");
    await world.buy(person, "onboarding_session");
    await world.checkout(
      person,
      { priceId: "onboarding_session" },
      { "idempotency-key": "same-for-both" },
    );
    await world.rows(`INSERT INTO tenant_settings (tenant_id) VALUES ($1)`, [
      person.tenantId,
    ]);
    await world.rows(
      `INSERT INTO tenant_price (tenant_id, id, livemode, product_id, name, amount, currency, created_by)
       VALUES ($1, 'tp_' || $1, false, 'plan_pro', 'Partner', 1, 'usd', 'x')`,
      [person.tenantId],
    );
    await world.rows(
      `INSERT INTO tenant_hidden_price (tenant_id, lookup_key, created_by) VALUES ($1, 'pro_yearly', 'x')`,
      [person.tenantId],
    );
    await world.rows(
      `INSERT INTO project (tenant_id, id, name, created_by) VALUES ($1, $2, 'x', 'y')`,
      [person.tenantId, `project-of-${person.slug}`],
    );
    await world.rows(
      `INSERT INTO subscription_command (tenant_id, id, subject, kind, request_key, lease_until, created_by)
       VALUES ($1, $2, 'x', 'plan.paused', 'x', now(), 'x')`,
      [person.tenantId, `command-of-${person.slug}`],
    );
    await world.rows(
      `INSERT INTO refund (tenant_id, id, payment_id, livemode, currency, amount, created_at)
       SELECT tenant_id, 're_' || id, id, false, currency, amount, now() FROM payment WHERE tenant_id = $1`,
      [person.tenantId],
    );
    await world.rows(
      `INSERT INTO dispute (tenant_id, id, payment_id, livemode, status, currency, amount, reason, created_at)
       SELECT tenant_id, 'dp_' || id, id, false, 'lost', currency, amount, 'fraudulent', now()
       FROM payment WHERE tenant_id = $1`,
      [person.tenantId],
    );
    await world.rows(
      `INSERT INTO invitation (id, tenant_id, email, status, inviter_id, expires_at)
       VALUES ($1, $2, 'x@example.com', 'pending', $3, now())`,
      [`invitation-of-${person.slug}`, person.tenantId, person.userId],
    );
  }
  const found = await world.rows<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1`,
  );
  tables = found
    .map((row) => row.name)
    .filter((name) => !["stripe_object_owner", "trial_use"].includes(name));
});
afterAll(async () => {
  await app.end();
  await world.close();
});

/** Runs SQL as the app does for a tenant (or for none), and undoes it. */
async function as(
  tenantId: string | null,
  sql: string,
  values: unknown[] = [],
) {
  await app.query("BEGIN");
  try {
    await app.query("SELECT set_config('role', app_role('tenant'), true)");
    await app.query("SELECT set_config('app.tenant_id', $1, true)", [
      tenantId ?? "",
    ]);
    return await app.query(sql, values);
  } finally {
    await app.query("ROLLBACK");
  }
}

const refusal = /permission denied|row-level security/;

describe("two tenants", () => {
  it("have rows in every tenant table, so that the tests below mean something", async () => {
    expect(tables).toContain("subscription_change");
    expect(tables.length).toBeGreaterThanOrEqual(16);
    for (const table of tables) {
      const [row] = await world.rows<{ tenants: string }>(
        `SELECT count(DISTINCT tenant_id) AS tenants FROM "${table}"`,
      );
      expect([table, row?.tenants]).toEqual([table, "2"]);
    }
  });

  it("see their own rows alone in every table, and none without a tenant", async () => {
    for (const table of tables) {
      const own = await as(
        ada.tenantId,
        `SELECT DISTINCT tenant_id FROM "${table}"`,
      );
      expect([table, own.rows]).toEqual([table, [{ tenant_id: ada.tenantId }]]);
      const none = await as(null, `SELECT count(*)::int FROM "${table}"`);
      expect([table, none.rows]).toEqual([table, [{ count: 0 }]]);
    }
    const people = await as(ada.tenantId, `SELECT id FROM "user"`);
    expect(people.rows).toEqual([{ id: ada.userId }]);
    const workspaces = await as(ada.tenantId, `SELECT id FROM tenant`);
    expect(workspaces.rows).toEqual([{ id: ada.tenantId }]);
  });

  it("cannot change or delete each other's rows in any table", async () => {
    for (const table of tables) {
      for (const sql of [
        `UPDATE "${table}" SET tenant_id = tenant_id WHERE tenant_id = $1`,
        `DELETE FROM "${table}" WHERE tenant_id = $1`,
      ]) {
        const outcome = await as(ada.tenantId, sql, [bob.tenantId]).then(
          (result) => result.rowCount,
          (error: Error) => error.message,
        );
        if (outcome !== 0) expect(outcome, `${table}: ${sql}`).toMatch(refusal);
      }
    }
  });

  it("cannot put a row among the other's, in any table", async () => {
    for (const table of tables) {
      const copy = `INSERT INTO "${table}" SELECT (jsonb_populate_record(row, $2)).*
        FROM "${table}" AS row WHERE tenant_id = $1 LIMIT 1`;
      const change = JSON.stringify({ tenant_id: bob.tenantId });
      await expect(
        as(ada.tenantId, copy, [ada.tenantId, change]),
        table,
      ).rejects.toThrow(refusal);
    }
  });

  it("cannot move a row of theirs to the other", async () => {
    for (const table of tables) {
      const move = as(ada.tenantId, `UPDATE "${table}" SET tenant_id = $1`, [
        bob.tenantId,
      ]);
      await expect(move, table).rejects.toThrow(refusal);
    }
  });

  it("cannot point at a row of the other's", async () => {
    const [foreign] = await world.rows<{ id: string }>(
      `SELECT id FROM subscription WHERE tenant_id = $1`,
      [bob.tenantId],
    );
    const insert = world.rows(
      `INSERT INTO subscription_change (tenant_id, id, subscription_id, to_status, currency, cause)
       VALUES ($1, 'x', $2, 'active', 'usd', 'test')`,
      [ada.tenantId, foreign?.id],
    );
    await expect(insert).rejects.toThrow("foreign key");
  });

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
        as(ada.tenantId, `SELECT * FROM ${table}`),
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

describe("the login itself", () => {
  it("sees no tenant's rows without changing into one of the roles", async () => {
    for (const table of tables.filter(
      (name) => name !== "membership" && name !== "invitation",
    )) {
      const { rows } = await app.query(`SELECT count(*)::int FROM "${table}"`);
      expect([table, rows]).toEqual([table, [{ count: 0 }]]);
    }
  });
});

describe("what is append-only", () => {
  it.each(["audit_entry", "subscription_change"])(
    "%s: nobody's role may update, delete or truncate it",
    async (table) => {
      const [row] = await world.rows(
        `SELECT bool_or(has_table_privilege(app_role(kind), $1, right_)) AS may
         FROM unnest(ARRAY['tenant', 'system', 'auth']) AS kind,
           unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS right_`,
        [table],
      );
      expect(row).toEqual({ may: false });
    },
  );
});

describe("the catalogue", () => {
  it("has row-level security enabled and forced on every table, with a policy", async () => {
    const open = await world.rows(
      `SELECT relname FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
         AND relname <> '_prisma_migrations'
         AND NOT (relrowsecurity AND relforcerowsecurity
           AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid))`,
    );
    expect(open).toEqual([]);
  });

  it("has the tenant in every reference between tenant tables (foreign keys ignore policies)", async () => {
    const single = await world.rows(
      `SELECT conrelid::regclass::text AS "table", conname FROM pg_constraint
       WHERE contype = 'f' AND conrelid::regclass::text = ANY ($1) AND cardinality(conkey) = 1
         AND confrelid NOT IN ('tenant'::regclass, '"user"'::regclass)`,
      [tables.map((name) => (name === "order" ? '"order"' : name))],
    );
    expect(single).toEqual([]);
  });
});
