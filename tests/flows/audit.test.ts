import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAudit } from "@/lib/audit/list";
import { recordSecurity } from "@/lib/audit/record";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const securityRows = (person: Person) =>
  world.rows<{ action: string; actor_id: string; cause: string }>(
    "SELECT action, actor_id, object_id, cause, details FROM audit_entry WHERE tenant_id = $1 AND action LIKE 'person.%'",
    [person.tenantId],
  );

describe("a security event", () => {
  it("stands in each workspace of the person, and in nobody else's", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    await world.join(bob, ada, "member");
    const eve = await world.person("Eve");
    await recordSecurity({
      userId: ada.userId,
      action: "person.session_revoked",
      cause: "req_1",
      details: { sessions: 2 },
    });
    const row = {
      action: "person.session_revoked",
      actor_id: ada.userId,
      object_id: ada.userId,
      cause: "req_1",
      details: { sessions: 2 },
    };
    expect(await securityRows(ada)).toContainEqual(row);
    expect(await securityRows(bob)).toContainEqual(row);
    expect(await securityRows(eve)).not.toContainEqual(row);
  });

  it("of somebody without a workspace is no error", async () => {
    await recordSecurity({
      userId: "nobody",
      action: "person.sign_in_failed",
      cause: "req_2",
    });
    expect(
      await world.rows("SELECT 1 FROM audit_entry WHERE actor_id = 'nobody'"),
    ).toEqual([]);
  });
});

describe("what is written", () => {
  it.each(["tenant", "system"])(
    "cannot be changed or deleted by %s",
    async (role) => {
      const ada = await world.person();
      await recordSecurity({
        userId: ada.userId,
        action: "person.signed_out",
        cause: "req_3",
      });
      for (const act of [
        "UPDATE audit_entry SET action = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
      ]) {
        await expect(
          world.rows(`DO $$ BEGIN
          EXECUTE format('SET LOCAL ROLE %I', app_role('${role}'));
          PERFORM set_config('app.tenant_id', '${ada.tenantId}', true);
          ${act};
        END $$`),
        ).rejects.toThrow(/permission denied/);
      }
    },
  );
});

describe("the log", () => {
  const nothing = {
    kind: null,
    who: null,
    from: null,
    to: null,
    before: null,
    after: null,
  };
  const fill = (person: Person, count: number) =>
    world.rows(
      `INSERT INTO audit_entry (tenant_id, id, actor_kind, actor_id, action, object_id, cause, at)
       SELECT $1, 'entry-' || n, CASE WHEN n % 2 = 0 THEN 'user' ELSE 'stripe' END,
         CASE WHEN n % 2 = 0 THEN $2 ELSE 'evt_' || n END,
         CASE WHEN n % 5 = 0 THEN 'project.created' ELSE 'subscription.changed' END, 'x', 'req_' || n,
         timestamptz '2020-01-01' + make_interval(mins => n / 3)
       FROM generate_series(1, $3::int) AS n`,
      [person.tenantId, person.userId, count],
    );

  it("is read newest first, page by page and back, each entry once", async () => {
    const ada = await world.person();
    await fill(ada, 130);
    const period = { ...nothing, to: "2020-12-31" };
    const first = await listAudit(ada, period);
    const second = await listAudit(ada, { ...period, before: first.older });
    const third = await listAudit(ada, { ...period, before: second.older });
    const seen = [first, second, third].flatMap(({ entries }) => entries);
    expect(seen.map(({ id }) => id).toSorted()).toEqual(
      Array.from({ length: 130 }, (_, n) => `entry-${n + 1}`).toSorted(),
    );
    expect(seen).toEqual(
      seen.toSorted((a, b) => b.at.getTime() - a.at.getTime()),
    );
    expect([first.newer, third.older]).toEqual([null, null]);
    const back = await listAudit(ada, { ...period, after: third.newer });
    expect(back.entries).toEqual(second.entries);
    const start = await listAudit(ada, { ...period, after: back.newer });
    expect([start.entries, start.newer]).toEqual([first.entries, null]);
  });

  it("is filtered by kind, by whoever did it and by days", async () => {
    const ada = await world.person();
    await fill(ada, 40);
    const found = async (filter: object) =>
      (await listAudit(ada, { ...nothing, to: "2020-12-31", ...filter }))
        .entries;
    expect(await found({ kind: "product" })).toHaveLength(8);
    expect(await found({ kind: "people" })).toEqual([]);
    expect(await found({ who: "stripe" })).toHaveLength(20);
    const hers = await found({ who: ada.userId, kind: "billing" });
    expect(hers).toHaveLength(16);
    expect(hers[0]?.actor).toEqual({ kind: "user", name: "Ada" });
    expect(await found({ from: "2020-01-01", to: "2020-01-01" })).toHaveLength(
      40,
    );
    expect(await found({ from: "2020-01-02" })).toEqual([]);
  });

  it("takes what makes no sense in its address for absent", async () => {
    const ada = await world.person();
    await fill(ada, 3);
    const odd = { kind: "toString", from: "2020-99-99", before: "'; --" };
    const { entries } = await listAudit(ada, { ...nothing, ...odd });
    expect(entries.length).toBeGreaterThanOrEqual(3);
  });

  it("shows nothing of another workspace", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    await fill(bob, 10);
    const seen = await listAudit(ada, { ...nothing, to: "2020-12-31" });
    expect(seen.entries).toEqual([]);
    expect(seen.people).toEqual([{ id: ada.userId, name: "Ada" }]);
  });

  it("of ten thousand entries is as quick on its last page as on its first", async () => {
    const ada = await world.person();
    await fill(ada, 10_000);
    await world.rows("ANALYZE audit_entry");
    const cost = async (filter: object) => {
      const began = performance.now();
      await listAudit(ada, { ...nothing, ...filter });
      return performance.now() - began;
    };
    const last = { before: `${Date.UTC(2020, 0, 1, 0, 20)}_entry-60` };
    await cost({});
    const times = {
      first: await cost({}),
      last: await cost(last),
      rare: await cost({ kind: "security" }),
    };
    expect(
      Math.max(...Object.values(times)),
      JSON.stringify(times),
    ).toBeLessThan(1000);
    const plan = await world.rows<{ "QUERY PLAN": string }>(
      `EXPLAIN SELECT id FROM audit_entry WHERE tenant_id = '${ada.tenantId}'
       AND (at, id) < ('2020-01-01T00:20Z', 'entry-60') ORDER BY at DESC, id DESC LIMIT 51`,
    );
    const lines = plan.map((line) => line["QUERY PLAN"]).join("\n");
    expect(lines).toContain("audit_entry_tenant_id_at_id_idx");
    expect(lines).not.toContain("Sort");
  });
});
