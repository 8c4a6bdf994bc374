import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, look, lookWith } from "@/tests/support/doctor-acts";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld({ mail: true });
});
afterAll(() => world.close());

describe("of what runs it names first that", () => {
  it("a customer’s rows are not as at Stripe", async () => {
    const named = await broken(
      () =>
        world.rows(
          "INSERT INTO alarm (code, subject) VALUES ('two_live_subscriptions', 'sub_1')",
        ),
      () => world.rows("DELETE FROM alarm"),
    );
    expect(named?.name).toBe("Customer data");
    expect(named?.found).toContain("two_live_subscriptions (sub_1)");
  });

  const leak = (tenantId: string) =>
    world.rows(
      "INSERT INTO money_leak (tenant_id, object_id, what) VALUES ($1, 'pi_leak', 'refunds_do_not_add_up')",
      [tenantId],
    );
  const watched = (hours: number) =>
    world.rows(
      `INSERT INTO job_cursor (name, position)
       VALUES ('money', to_char(now() AT TIME ZONE 'UTC' - make_interval(hours => $1), 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
       ON CONFLICT (name) DO UPDATE SET position = excluded.position`,
      [hours],
    );

  it("money does not add up, as the watch has found", async () => {
    const { tenantId } = await world.person();
    await watched(0);
    const named = await broken(
      () => leak(tenantId),
      () => world.rows("DELETE FROM money_leak"),
    );
    expect(named).toMatchObject({
      name: "Money",
      found: "Money does not add up: refunds do not add up (pi_leak).",
      fix: ["npm run stripe -- money", "npm run stripe -- backfill"],
    });
  });

  it("money was last looked at more than a day ago", async () => {
    const named = await broken(
      () => watched(26),
      () => watched(0),
    );
    expect(named?.name).toBe("Money");
    expect(named?.found).toContain("has not been looked at since 20");
    expect(named?.fix?.[0]).toContain("/api/cron/heal");
  });

  it("money was never looked at although the deployment is not of today", async () => {
    const age = (hours: number) =>
      world.rows(
        `UPDATE _prisma_migrations SET finished_at = finished_at - make_interval(hours => $1)`,
        [hours],
      );
    await world.rows("DELETE FROM job_cursor");
    const named = await broken(
      () => age(26),
      () => age(-26),
    );
    expect(named?.name).toBe("Money");
    expect(named?.found).toContain("has never been looked at");
  });

  it("the mail server is down", async () => {
    const named = await lookWith({ SMTP_URL: "smtp://127.0.0.1:9" });
    expect(named?.name).toBe("Mail");
  });

  it.each(["drain", "heal"])("the cron %s is silent", async (name) => {
    const since = (hours: number) =>
      world.rows(
        `INSERT INTO job_cursor (name, updated_at) VALUES ($1, now() - make_interval(hours => $2))
         ON CONFLICT (name) DO UPDATE SET updated_at = excluded.updated_at`,
        [`ran.${name}`, hours],
      );
    const named = await broken(
      () => since(26),
      () => since(0),
    );
    expect(named?.name).toBe("Crons");
    expect(named?.found).toContain(`/api/cron/${name} has not run since`);
  });

  it("a cron never ran although the deployment is not of today", async () => {
    const age = (hours: number) =>
      world.rows(
        `UPDATE _prisma_migrations SET finished_at = finished_at - make_interval(hours => $1)`,
        [hours],
      );
    await world.rows("DELETE FROM job_cursor");
    await watched(0);
    const named = await broken(
      () => age(26),
      () => age(-26),
    );
    expect(named?.found).toContain("/api/cron/drain has never run");
  });

  it("the cron’s own run is what makes it green", async () => {
    await world.rows(
      "INSERT INTO job_cursor (name, updated_at) VALUES ('ran.drain', now() - interval '3 days')",
    );
    expect((await look())?.name).toBe("Crons");
    expect((await world.cron()).status).toBe(200);
    expect(await look()).toBeUndefined();
  });

  const store = (id: string, state: string) =>
    world.rows(
      `INSERT INTO stripe_event (account, livemode, id, type, payload, secret_index, state, next_try_at, finished_at)
       VALUES ('', false, $1, 'customer.updated', '\\x', 0, $2::"EventState", now() - interval '1 hour',
         CASE WHEN $2 = 'dead' THEN now() END)`,
      [id, state],
    );
  const forget = () => world.rows("DELETE FROM stripe_event");

  it("there is a backlog", async () => {
    const named = await broken(() => store("evt_late", "pending"), forget);
    expect(named?.name).toBe("Backlog");
    expect(named?.found).toContain("1 events");
  });

  it("an event is dead", async () => {
    const named = await broken(() => store("evt_dead", "dead"), forget);
    expect(named?.name).toBe("Dead events");
    expect(named?.fix).toEqual(["npm run stripe -- replay evt_dead"]);
  });

  it("nobody is staff", async () => {
    const named = await lookWith({ STAFF_EMAILS: "" });
    expect(named?.name).toBe("Staff");
  });
});
