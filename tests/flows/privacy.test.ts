import { execFile } from "node:child_process";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as exportRoute } from "@/app/api/settings/export/route";
import { GET as ownExportRoute } from "@/app/api/account/export/route";
import { POST as closeRoute } from "@/app/api/settings/close/route";
import { POST as deleteRoute } from "@/app/api/account/delete/route";
import { privacyCommand } from "@/lib/cli/privacy-command";
import { endWorkspace } from "@/lib/auth/close-workspace";
import { endBilling } from "@/lib/billing/end-billing";
import { after, days, minutes } from "@/lib/platform/time";
import { erasePerson } from "@/lib/privacy/erase-person";
import { eraseWorkspace } from "@/lib/privacy/erase-workspace";
import { finishErasures } from "@/lib/privacy/finish-erasures";
import type { exportWorkspace } from "@/lib/privacy/export-workspace";
import { tenantTables as decided } from "@/lib/privacy/tables";
import { fillTables, tenantTables } from "@/tests/support/fill-tables";
import { makePerson, password } from "@/tests/support/make-person";
import { refusalOf } from "@/tests/support/plan-acts";
import {
  contextOf,
  startWorld,
  type Person,
  type World,
} from "@/tests/support/world";

let world: World;
const admin = new pg.Client({
  connectionString: process.env["TEST_ADMIN_DATABASE_URL"],
});
beforeAll(async () => {
  world = await startWorld();
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await world.close();
});

const job = { actor: { kind: "job", id: "cli" }, cause: "cli" } as const;
const ofJob = ({ tenantId }: Person) => ({ ...job, tenantId });

const emailOf = async ({ userId }: Person) => {
  const [row] = await world.rows<{ email: string }>(
    'SELECT email FROM "user" WHERE id = $1',
    [userId],
  );
  return row?.email ?? "";
};

const slugOf = async ({ tenantId }: Person) => {
  const [row] = await world.rows<{ slug: string }>(
    "SELECT slug FROM tenant WHERE id = $1",
    [tenantId],
  );
  return row?.slug ?? "";
};

/** The cron comes by, with time for all of it unless told otherwise. */
const finish = (
  now = new Date(),
  deadline = after(new Date(), minutes(1)),
): Promise<number> => finishErasures({ deadline, now });

/** The cron has come by until nothing was left to erase, and Stripe's telling of that was heard. */
async function finishedErasing() {
  for (const day of [1, 4]) {
    const now = after(new Date(), days(day) + minutes(1));
    expect(await finish(now)).toBeGreaterThan(0);
    await world.delivered();
  }
  expect(await world.rows("SELECT FROM erasure")).toEqual([]);
}

/** As `npm run tenant -- …` or `npm run person -- …` does: a process that has to load everything. */
function processOf(...words: string[]) {
  const args = ["--import", "tsx", "lib/cli/privacy.ts", ...words];
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, args, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

/** Where in the whole database any of these words stands: table and column. */
async function whereStands(words: readonly string[]): Promise<string[]> {
  const { rows: columns } = await admin.query<{ t: string; c: string }>(
    `SELECT relname AS t, attname AS c FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped`,
  );
  const found: string[] = [];
  for (const { t, c } of columns) {
    const text =
      t === "stripe_event" && c === "payload"
        ? `convert_from("${c}", 'UTF8')`
        : `"${c}"::text`;
    const { rowCount } = await admin.query(
      `SELECT FROM "${t}" WHERE EXISTS (SELECT FROM unnest($1::text[]) word
         WHERE position(lower(word) IN lower(${text})) > 0) LIMIT 1`,
      [words],
    );
    if (rowCount) found.push(`${t}.${c}`);
  }
  return found.toSorted();
}

const remove = (person: Person, body: object) =>
  world.post(deleteRoute, person, body);

/** Ada of a rare name, whose workspace has bought and holds a row in every table. */
async function adaWithEverything(name: string): Promise<Person> {
  const ada = await world.person(name);
  await world.buy(ada, "pro_monthly");
  await world.buy(ada, "onboarding_session");
  const ctx = contextOf(ada);
  await world.rows(
    `INSERT INTO invitation (id, tenant_id, email, status, inviter_id, expires_at)
     VALUES ($1, $1, $2, 'pending', $3, now() + interval '1 day')`,
    [ctx.tenantId, `${name.toLowerCase()}-guest@example.com`, ada.userId],
  );
  await world.rows(
    "INSERT INTO project (tenant_id, id, name, created_by) VALUES ($1, gen_random_uuid()::text, $2, $3)",
    [ada.tenantId, `${name}’s bridge`, ada.userId],
  );
  return ada;
}

describe("the tables of a workspace", () => {
  it("are all decided about: a new one fails here until somebody has", async () => {
    expect(Object.keys(decided).toSorted()).toEqual(
      (await tenantTables(admin)).toSorted(),
    );
  });

  it("are all in the export, with every row of this workspace and none of another", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    for (const person of [ada, bob]) {
      await world.buy(person, "pro_monthly");
      await world.buy(person, "onboarding_session");
      await fillTables(admin, person.tenantId);
    }
    const answer = await world.get(exportRoute, ada);
    expect(answer.status).toBe(200);
    const text = await answer.text();
    const { tables, people } = JSON.parse(text) as Awaited<
      ReturnType<typeof exportWorkspace>
    >;
    for (const table of await tenantTables(admin)) {
      const { rows } = await admin.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM "${table}" WHERE tenant_id = $1`,
        [ada.tenantId],
      );
      if (table !== "audit_entry")
        expect([table, tables[table]?.length]).toEqual([table, rows[0]?.n]);
      expect(tables[table]?.length).toBeGreaterThan(0);
    }
    expect(people).toMatchObject([{ name: "Ada", role: "owner" }]);
    expect(text).not.toContain(bob.tenantId);
  });

  it("are for its owner: an admin is refused, a stranger finds nothing", async () => {
    const [ada, bob, eve] = [
      await world.person("Ada"),
      await world.person("Bob"),
      await world.person("Eve"),
    ];
    await world.join(ada, bob, "admin");
    const query = { tenantId: ada.tenantId };
    expect((await world.get(exportRoute, bob, { query })).status).toBe(403);
    expect((await world.get(exportRoute, eve, { query })).status).toBe(404);
  });
});

describe("erasing a workspace", () => {
  it("leaves nothing that tells of its people, and keeps the books", async () => {
    const ada = await adaWithEverything("Wilhelmina");
    const email = await emailOf(ada);
    const words = ["wilhelmina", email];
    const before = await whereStands(words);
    expect(before).toEqual(
      expect.arrayContaining([
        "customer.email",
        "customer.name",
        "customer_intent.params",
        "invitation.email",
        "project.name",
        "stripe_event.payload",
        "tenant.name",
      ]),
    );
    await world.control("webhooks", { paused: true });
    await eraseWorkspace(ofJob(ada));
    await world.control("webhooks", { paused: false });
    await world.delivered();
    expect(await whereStands(words)).toContain("stripe_event.payload"); // what Stripe told of it
    await finishedErasing();
    expect(
      (await whereStands(words)).filter((c) => !c.startsWith("user.")),
    ).toEqual([]);
    const [books] = await world.rows(
      `SELECT (SELECT sum(total)::int FROM invoice WHERE tenant_id = $1) AS invoiced,
         (SELECT count(*)::int FROM audit_entry WHERE tenant_id = $1 AND action = 'workspace.erased') AS audited,
         (SELECT count(*)::int FROM subscription WHERE tenant_id = $1 AND status = 'canceled') AS ended,
         (SELECT count(*)::int FROM payment WHERE tenant_id = $1 AND (card IS NOT NULL OR receipt_url IS NOT NULL)) AS cards,
         (SELECT count(*)::int FROM invoice WHERE tenant_id = $1 AND hosted_invoice_url IS NOT NULL) AS links,
         (SELECT count(*)::int FROM membership WHERE tenant_id = $1) AS people`,
      [ada.tenantId],
    );
    expect(books).toEqual({
      invoiced: 2900,
      audited: 1,
      ended: 1,
      cards: 0,
      links: 0,
      people: 0,
    });
    const [row] = await world.rows<{ id: string }>(
      "SELECT id FROM customer WHERE tenant_id = $1",
      [ada.tenantId],
    );
    expect(await world.stripe.customers.retrieve(row?.id ?? "")).toMatchObject({
      deleted: true,
    });
  });

  it("touches nothing of another's", async () => {
    const [ada, bob] = [
      await world.person("Ada"),
      await adaWithEverything("Bartholomew"),
    ];
    const before = await whereStands(["bartholomew"]);
    await eraseWorkspace(ofJob(ada));
    expect(await whereStands(["bartholomew"])).toEqual(before);
    expect((await world.portal(bob)).status).toBe(200);
  });

  it("stops where Stripe fails, and goes on when called again", async () => {
    const ada = await adaWithEverything("Philippa");
    await world.control("faults", {
      method: "DELETE",
      path: "/v1/customers",
      status: 500,
      count: 3,
    });
    await expect(eraseWorkspace(ofJob(ada))).rejects.toThrow();
    expect(await whereStands(["philippa"])).toContain("customer.name");
    await eraseWorkspace(ofJob(ada));
    await world.delivered();
    await finishedErasing();
    expect(
      (await whereStands(["philippa"])).filter((c) => !c.startsWith("user.")),
    ).toEqual([]);
  });

  it("goes on for four days, however often it is gone through", async () => {
    await world.rows("DELETE FROM erasure");
    const ada = await world.person("Ada");
    await eraseWorkspace(ofJob(ada));
    const ends = after(new Date(), minutes(60));
    await world.rows("UPDATE erasure SET due_at = now(), until = $1", [ends]);
    expect(await finish()).toBe(1);
    expect(await world.rows("SELECT until FROM erasure")).toEqual([
      { until: ends },
    ]);
  });

  it("is refused while something is owed, and then changes no row", async () => {
    const ada = await adaWithEverything("Ottoline");
    await endBilling(contextOf(ada));
    await world.rows(
      "UPDATE invoice SET status = 'open' WHERE tenant_id = $1",
      [ada.tenantId],
    );
    await expect(eraseWorkspace(ofJob(ada))).rejects.toMatchObject({
      code: "customer_has_invoice",
    });
    expect(await whereStands(["ottoline"])).toContain("customer.name");
  });
});

describe("on the command line", () => {
  it("a workspace is exported by its address, and erased only with --yes", async () => {
    const ada = await adaWithEverything("Euphemia");
    const slug = await slugOf(ada);
    const exported = await processOf("tenant", "export", slug);
    expect(exported.code).toBe(0);
    expect(JSON.parse(exported.out)).toMatchObject({
      workspace: { id: ada.tenantId, slug },
    });
    const erase = ["tenant", "erase", slug];
    expect(await privacyCommand(erase)).toMatchObject({ code: 2 });
    expect(await slugOf(ada)).toBe(slug);
    expect(await privacyCommand([...erase, "--yes"])).toEqual({
      code: 0,
      told: "Erased.",
    });
    expect(await slugOf(ada)).toBe(`erased-${ada.tenantId.toLowerCase()}`);
  });

  it("a person is exported and erased by their address", async () => {
    const ada = await world.person("Ada");
    const email = await emailOf(ada);
    const { code, told } = await privacyCommand(["person", "export", email]);
    expect(code).toBe(0);
    expect(JSON.parse(told)).toMatchObject({ person: { email } });
    expect(await processOf("person", "erase", email, "--yes")).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("owns_workspace") as string,
    });
  });
});

describe("erasing a person", () => {
  it("leaves no trace of the name or the address, while the workspace goes on with its other owner", async () => {
    const [bob, zoe] = [
      await world.person("Bob"),
      await world.person("Zoraida"),
    ];
    await world.buy(zoe, "pro_monthly");
    const email = await emailOf(zoe);
    const [paying] = await world.rows<{ id: string }>(
      "SELECT id FROM customer WHERE tenant_id = $1",
      [zoe.tenantId],
    );
    // As Stripe keeps what somebody typed there.
    const typed = email.toUpperCase();
    await world.stripe.customers.update(paying?.id ?? "", { email: typed });
    await world.delivered();
    await world.join(zoe, bob, "owner");
    await world.rows("UPDATE tenant SET name = 'Bridges' WHERE id = $1", [
      zoe.tenantId,
    ]);
    await world.rows("UPDATE tenant SET slug = $2 WHERE id = $1", [
      zoe.tenantId,
      `bridges-${zoe.tenantId.slice(0, 8).toLowerCase()}`,
    ]);
    expect(await whereStands([email])).toEqual(
      expect.arrayContaining(["customer.email", "user.email"]),
    );
    const answer = await remove(zoe, { password });
    expect(answer.status).toBe(200);
    await world.delivered();
    expect(await whereStands([email])).toContain("erasure.subject");
    await finishedErasing();
    expect(await whereStands([email])).toEqual([]);
    expect(await whereStands(['"name": "Zoraida"'])).toEqual([]);
    const [customer] = await world.rows<{ email: string; id: string }>(
      "SELECT id, email FROM customer WHERE tenant_id = $1",
      [zoe.tenantId],
    );
    expect(customer?.email).toBe(await emailOf(bob));
    expect(
      await world.stripe.customers.retrieve(customer?.id ?? ""),
    ).toMatchObject({ email: await emailOf(bob) });
    expect((await world.get(ownExportRoute, zoe)).status).toBe(401);
  });

  it("is refused to the only owner of a workspace, with a wrong password, and to nobody's address", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    await world.join(ada, bob, "admin");
    expect(await refusalOf(await remove(ada, { password: "guess" }))).toEqual([
      422,
      "wrong_password",
    ]);
    expect(await refusalOf(await remove(ada, { password }))).toEqual([
      409,
      "owns_workspace",
    ]);
    expect(await emailOf(ada)).not.toBe("");
    await expect(erasePerson("nobody@example.com", job)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("asks who has no password to sign in again, for the account and for the workspace before it", async () => {
    const ada = await world.person("Ada");
    await world.rows(
      "UPDATE account SET provider_id = 'google', password = NULL WHERE user_id = $1",
      [ada.userId],
    );
    const signedIn = (ago: string) =>
      world.rows(
        "UPDATE session SET created_at = now() - $2::interval WHERE user_id = $1",
        [ada.userId, ago],
      );
    const close = async () =>
      (await world.post(closeRoute, ada, { name: "Ada’s workspace" })).status;
    await signedIn("16 minutes");
    expect([await close(), (await remove(ada, {})).status]).toEqual([403, 403]);
    await signedIn("14 minutes");
    expect([await close(), (await remove(ada, {})).status]).toEqual([200, 200]);
  });

  it("takes the closed workspaces with it that were nobody else's", async () => {
    const ada = await adaWithEverything("Thomasina");
    await endWorkspace(contextOf(ada));
    await world.delivered();
    const email = await emailOf(ada);
    await erasePerson(email, job);
    await world.delivered();
    await finishedErasing();
    expect(await whereStands(["thomasina", email])).toEqual([]);
  });

  it("who had come back goes on for four days anew", async () => {
    await world.rows("DELETE FROM erasure");
    const { email } = await world.person("Ada");
    const erase = async () => {
      const [place] = await world.rows<{ id: string }>(
        `SELECT tenant_id AS id FROM membership JOIN "user" ON "user".id = user_id WHERE email = $1`,
        [email],
      );
      await endWorkspace({ ...job, tenantId: place?.id ?? "" });
      await erasePerson(email, job);
    };
    await erase();
    await world.rows(
      "UPDATE erasure SET due_at = due_at - interval '3 days', until = until - interval '3 days'",
    );
    await makePerson({ name: "Ada", email, emailVerified: true });
    await erase();
    await finish(after(new Date(), days(3)));
    await world.rows(
      `INSERT INTO stripe_event (account, livemode, id, type, object_id, payload, secret_index, state, finished_at)
       VALUES ('', false, 'evt_late', 'customer.updated', 'cus_late', convert_to($1::text, 'UTF8'), 0, 'done', now())`,
      [JSON.stringify({ email })],
    );
    await finish(after(new Date(), days(4) + minutes(1)));
    expect(await whereStands([email])).toEqual([]);
  });

  it("begins nothing when time is over but what has waited longest, and takes people together", async () => {
    await world.rows("DELETE FROM erasure");
    const bob = await world.person("Bob");
    await eraseWorkspace(ofJob(bob));
    await world.rows(
      `INSERT INTO erasure (kind, subject, due_at, until)
       SELECT 'person', 'nobody-' || at || '@example.com', now() - interval '1 hour', now() FROM generate_series(1, 3) AS at`,
    );
    const tomorrow = after(new Date(), days(1) + minutes(1));
    const over = new Date();
    const left = () => world.rows("SELECT kind FROM erasure");
    expect(await finish(tomorrow, over)).toBe(3);
    expect(await left()).toEqual([{ kind: "workspace" }]);
    expect(await finish(tomorrow, over)).toBe(1);
    expect(await finish(tomorrow, over)).toBe(0);
  });

  it("finds every one of many people who are due at once", async () => {
    await world.rows("DELETE FROM erasure");
    await world.rows(
      `INSERT INTO erasure (kind, subject, due_at, until)
       SELECT 'person', 'one-of-many-' || at || '@example.com', now() - interval '1 hour', now() FROM generate_series(1, 60) AS at`,
    );
    await world.rows(
      `INSERT INTO stripe_event (account, livemode, id, type, object_id, payload, secret_index, state, finished_at)
       SELECT '', false, 'evt_many_' || at, 'customer.updated', 'cus_many', convert_to('one-of-many-' || at || '@example.com', 'UTF8'),
         0, 'done', now() FROM generate_series(1, 60) AS at`,
    );
    expect(await finish()).toBe(60);
    expect(await whereStands(["one-of-many-"])).toEqual([]);
  });

  it("waits a day where Stripe fails, holds nothing else up, and leaves alone who has come back", async () => {
    await world.rows("DELETE FROM erasure");
    const ada = await adaWithEverything("Leopoldina");
    const bob = await world.person("Bob");
    await eraseWorkspace(ofJob(ada));
    await world.rows(
      "UPDATE customer SET deleted = false WHERE tenant_id = $1",
      [ada.tenantId],
    );
    await world.rows(
      "INSERT INTO erasure (kind, subject, due_at, until) VALUES ('person', $1, now(), now() + interval '4 days')",
      [await emailOf(bob)],
    );
    await world.control("faults", {
      method: "GET",
      path: "/v1/customers",
      status: 500,
      count: 3,
    });
    const left = () => world.rows("SELECT kind FROM erasure");
    expect(await finish(after(new Date(), days(5)))).toBe(1);
    expect(await left()).toEqual([{ kind: "workspace" }]);
    expect(await emailOf(bob)).not.toBe("");
    expect(await finish(after(new Date(), days(6)))).toBe(1);
    expect(await left()).toEqual([]);
  });

  it("gives them everything that is kept, and no secret", async () => {
    const ada = await world.person("Ada");
    const answer = await world.get(ownExportRoute, ada);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({
      person: { id: ada.userId, email: await emailOf(ada) },
      sessions: [{ userId: ada.userId }],
    });
    const [{ token } = { token: "" }] = await world.rows<{ token: string }>(
      "SELECT token FROM session WHERE user_id = $1",
      [ada.userId],
    );
    expect(token).not.toBe("");
    expect(text).not.toContain(token);
  });
});
