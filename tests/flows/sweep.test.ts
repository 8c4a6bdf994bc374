import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rightsOf } from "@/lib/entitlements/check";
import { sweep } from "@/lib/webhooks/sweep";
import { startWorld, type Person, type World } from "@/tests/support/world";

const alerts: { code: string; subject: string }[] = [];
const pager = createServer((request, response) => {
  void json(request).then((alert) => {
    alerts.push(alert as (typeof alerts)[number]);
    response.end();
  });
});

let world: World;
beforeAll(async () => {
  await new Promise<void>((resolve) => pager.listen(0, "127.0.0.1", resolve));
  const { port } = pager.address() as AddressInfo;
  process.env.ALERT_WEBHOOK_URL = `http://127.0.0.1:${port}`;
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
  pager.close();
});

const subscriptionOf = async ({ tenantId }: Person) => {
  const [row] = await world.rows<{ id: string; status: string }>(
    "SELECT id, status FROM subscription WHERE tenant_id = $1",
    [tenantId],
  );
  if (!row) throw new Error("no subscription");
  return row;
};

/** The subscription ends at Stripe, and no event ever tells of it. */
const endUnheard = async (person: Person) => {
  const { id } = await subscriptionOf(person);
  await world.control("webhooks", { paused: true });
  await world.stripe.subscriptions.cancel(id);
  await anHourLater();
  return id;
};

/** What has been answered is long past: a difference is not merely on its way. */
const anHourLater = () =>
  world.rows("UPDATE stripe_event SET finished_at = now() - interval '1 hour'");

const driftOf = (id: string) =>
  world.rows<{ fields: { field: string }[]; mended_at: Date | null }>(
    "SELECT fields, mended_at FROM drift WHERE object_id = $1",
    [id],
  );

describe("a change that no event told of", () => {
  it("is found by the sweep, reported, then mended; access follows", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const id = await endUnheard(ada);
    expect((await rightsOf(ada)).plan.key).toBe("pro");
    const said: string[] = [];
    const result = await sweep({}, (line) => said.push(line));
    expect(result["subscription"]).toMatchObject({ drifted: 1, mended: 1 });
    expect(said).toEqual([
      expect.stringContaining(`subscription ${id}: status "active"`),
    ]);
    expect((await rightsOf(ada)).plan.key).toBe("free");
    const [drift] = await driftOf(id);
    expect(drift?.fields.map(({ field }) => field)).toContain("status");
    expect(drift?.mended_at).not.toBeNull();
    expect(alerts).toContainEqual(
      expect.objectContaining({ code: "drift", subject: "subscription" }),
    );
    expect((await sweep({}))["subscription"]?.drifted).toBe(0);
    await world.control("webhooks", { paused: false });
    await world.delivered();
  });

  it("is found where money went back", async () => {
    const ada = await world.person();
    await world.buy(ada, "onboarding_session");
    const [payment] = await world.rows<{ id: string }>(
      "SELECT id FROM payment WHERE tenant_id = $1",
      [ada.tenantId],
    );
    await world.control("webhooks", { paused: true });
    await world.stripe.refunds.create({ payment_intent: payment?.id ?? "" });
    await anHourLater();
    expect((await sweep({}))["payment"]).toMatchObject({
      drifted: 1,
      mended: 1,
    });
    const refunds = await world.rows(
      "SELECT status FROM refund WHERE tenant_id = $1",
      [ada.tenantId],
    );
    expect(refunds).toEqual([{ status: "succeeded" }]);
    expect((await sweep({}))["payment"]?.drifted).toBe(0);
    await world.control("webhooks", { paused: false });
    await world.delivered();
  });

  it("is only told by a dry run", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const id = await endUnheard(ada);
    const said: string[] = [];
    await sweep({ dryRun: true }, (line) => said.push(line));
    expect(said.join()).toContain(id);
    expect(await driftOf(id)).toEqual([]);
    expect((await subscriptionOf(ada)).status).toBe("active");
    await world.control("webhooks", { paused: false });
    await world.delivered();
  });

  it("is no drift while its event is on the way", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const { id } = await subscriptionOf(ada);
    await world.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await world.delivered();
    await world.rows(
      "UPDATE subscription SET cancel_at_period_end = false, cancel_at = NULL WHERE id = $1",
      [id],
    );
    await sweep({});
    expect(await driftOf(id)).toEqual([]);
  });
});

describe("what bills a customer that nobody here knows", () => {
  it("raises an alarm when it names a tenant of ours, and is left alone when it does not", async () => {
    const make = async (metadata: Record<string, string>) => {
      const customer = await world.stripe.customers.create({
        email: "x@example.com",
        metadata,
      });
      return customer.id;
    };
    const orphan = await make({ tenant_id: "tenant_that_is_gone" });
    const stranger = await make({});
    await world.delivered();
    await anHourLater();
    await sweep({});
    expect(alerts).toContainEqual(
      expect.objectContaining({ code: "orphan", subject: orphan }),
    );
    expect(JSON.stringify(alerts)).not.toContain(stranger);
  });
});

describe("a sweep that had no time left", () => {
  it("goes on where it stopped", async () => {
    for (const name of ["A", "B"]) await world.person(name);
    const result = await sweep({ deadline: new Date(Date.now() - 1) });
    expect(result["customer"]).toMatchObject({ seen: 0 });
  });
});
