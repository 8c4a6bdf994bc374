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

  it("money does not add up", async () => {
    const { tenantId } = await world.person();
    const named = await broken(
      async () => {
        await world.rows(
          "INSERT INTO customer (tenant_id, id, livemode, created_at) VALUES ($1, 'cus_leak', false, now())",
          [tenantId],
        );
        await world.rows(
          `INSERT INTO payment (tenant_id, id, customer_id, livemode, status, currency, amount, amount_captured, amount_refunded, created_at)
           VALUES ($1, 'pi_leak', 'cus_leak', false, 'succeeded', 'usd', 2900, 2900, 1000, now())`,
          [tenantId],
        );
      },
      async () => {
        await world.rows("DELETE FROM payment");
        await world.rows("DELETE FROM customer");
      },
    );
    expect(named).toMatchObject({
      name: "Money",
      found: "Money does not add up: refunds do not add up (pi_leak).",
      fix: ["npm run stripe -- money", "npm run stripe -- backfill"],
    });
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
