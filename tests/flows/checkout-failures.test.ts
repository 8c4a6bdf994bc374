import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { refusalOf } from "@/tests/support/plan-acts";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
afterEach(() => world.control("webhooks", { paused: false }));

describe("when Stripe fails", () => {
  it.each([
    [
      "its answer is lost after it created the session",
      { dropAnswer: true, count: 3 },
      [503, "payment_provider_unavailable"],
    ],
    [
      "it answers 500 to every attempt",
      { status: 500, count: 3 },
      [502, "payment_provider_failed"],
    ],
  ])(
    "49: and %s, the next try ends with one session",
    async (_, fault, told) => {
      const ada = await world.person();
      await world.open(ada, { priceId: "onboarding_session" }); // the customer exists now
      const before = await world.creates();
      await world.control("faults", {
        method: "POST",
        path: "/v1/checkout/sessions",
        ...fault,
      });
      const failed = await world.checkout(ada, { priceId: "pro_monthly" });
      expect(failed.headers.get("retry-after")).toBe("5");
      expect(await refusalOf(failed)).toEqual(told);
      await world.open(ada);
      expect((await world.creates()).sessions - before.sessions).toBe(1);
      expect(await world.openIntents(ada)).toHaveLength(2);
    },
  );

  it("and the answer about the customer is lost, there still is one customer", async () => {
    const ada = await world.person();
    const before = await world.creates();
    await world.loseAnswer("/v1/customers");
    expect((await world.checkout(ada, { priceId: "pro_monthly" })).status).toBe(
      503,
    );
    await world.open(ada);
    expect((await world.creates()).customers - before.customers).toBe(1);
  });

  it("and has lost the customer, a new one is made (hazard 42)", async () => {
    const ada = await world.person();
    await world.open(ada, { priceId: "onboarding_session" });
    const [row] = await world.rows<{ id: string }>(
      "SELECT id FROM customer WHERE tenant_id = $1",
      [ada.tenantId],
    );
    await world.control("webhooks", { paused: true });
    await world.stripe.customers.del(row?.id ?? "");
    await world.open(ada);
    await world.control("webhooks", { paused: false });
    const customers = await world.rows(
      "SELECT 1 FROM customer WHERE tenant_id = $1",
      [ada.tenantId],
    );
    expect(customers).toHaveLength(2);
  });
});

describe("a customer that is gone", () => {
  it("named by an old intent does not cost the tenant its present one", async () => {
    const ada = await world.person();
    await world.control("faults", {
      method: "POST",
      path: "/v1/checkout/sessions",
      status: 500,
      count: 3,
    });
    await world.checkout(ada, { priceId: "onboarding_session" });
    const [first] = await world.rows<{ id: string }>(
      "SELECT id FROM customer WHERE tenant_id = $1",
      [ada.tenantId],
    );
    await world.stripe.customers.del(first?.id ?? "");
    await world.delivered();
    await world.buy(ada, "pro_monthly");
    await world.open(ada, { priceId: "onboarding_session" });
    const [now] = await world.rows<{ customer_id: string }>(
      "SELECT customer_id FROM subscription WHERE tenant_id = $1",
      [ada.tenantId],
    );
    const intents = await world.rows(
      "SELECT stripe_id FROM customer_intent WHERE tenant_id = $1 AND closed_at IS NULL",
      [ada.tenantId],
    );
    expect(intents).toEqual([{ stripe_id: now?.customer_id }]);
  });

  it("takes its open checkout with it", async () => {
    const ada = await world.person();
    const first = await world.open(ada);
    const [customer] = await world.rows<{ id: string }>(
      "SELECT id FROM customer WHERE tenant_id = $1",
      [ada.tenantId],
    );
    await world.stripe.customers.del(customer?.id ?? "");
    await world.delivered();
    expect((await world.open(ada)).id).not.toBe(first.id);
  });
});

describe("a creator that was taken for dead", () => {
  it.each([
    ["request", 502], // whether Stripe has created the first one is unknown
    ["answer", 200],
  ] as const)(
    "while its %s was on the way leaves no second session to pay for, once another choice has replaced its own",
    async (what, told) => {
      const ada = await world.person();
      await world.open(ada, { priceId: "onboarding_session" }); // the customer exists now
      const goOn = await world.hold("POST", "/v1/checkout/sessions", what);
      const slow = world.checkout(ada, { priceId: "pro_monthly" });
      await expect
        .poll(async () => {
          const rows = await world.rows(
            `UPDATE checkout_intent SET lease_until = now() - interval '1 s'
           WHERE tenant_id = $1 AND product_group = 'plan' AND params IS NOT NULL RETURNING 1`,
            [ada.tenantId],
          );
          return rows.length;
        })
        .toBe(1);
      const second = await world.checkout(ada, { priceId: "business_monthly" });
      expect(second.status).toBe(told);
      await goOn();
      await slow;
      const now = await world.open(ada, { priceId: "business_monthly" });
      const sessions = (
        await world.stripe.checkout.sessions.list({ limit: 100 })
      ).data.filter(
        (session) =>
          session.client_reference_id === ada.tenantId &&
          session.mode === "subscription" &&
          session.status === "open",
      );
      expect(sessions.map((session) => session.id)).toEqual([now.id]);
    },
  );
});

describe("an intent whose creator died", () => {
  const die = (person: Person) =>
    world.rows(
      `UPDATE checkout_intent SET session_id = NULL, lease_until = now() - interval '1 s'
       WHERE tenant_id = $1`,
      [person.tenantId],
    );

  it("48: is resumed with its own parameters and key: Stripe answers with the same session", async () => {
    const ada = await world.person();
    const before = await world.creates();
    const first = await world.open(ada);
    await world.rows("DELETE FROM checkout_session WHERE id = $1", [first.id]);
    await die(ada);
    expect((await world.open(ada)).id).toBe(first.id);
    expect((await world.creates()).sessions - before.sessions).toBe(1);
  });

  it("before it asked Stripe is given up for another choice", async () => {
    const ada = await world.person();
    await world.rows(
      `INSERT INTO checkout_intent (tenant_id, id, livemode, product_group, fingerprint, lease_until, created_by)
       VALUES ($1, 'dead', false, 'plan', 'x', now() - interval '1 s', 'nobody')`,
      [ada.tenantId],
    );
    await world.open(ada);
    expect(await world.openIntents(ada)).toHaveLength(1);
  });

  it("is waited for while its lease lasts, and then the caller is told to come again", async () => {
    const ada = await world.person();
    await world.rows(
      `INSERT INTO checkout_intent (tenant_id, id, livemode, product_group, fingerprint, lease_until, created_by)
       VALUES ($1, 'alive', false, 'plan', 'x', now() + interval '1 min', 'somebody')`,
      [ada.tenantId],
    );
    const answer = await world.checkout(ada, { priceId: "pro_monthly" });
    expect(answer.status).toBe(409);
    expect(answer.headers.get("retry-after")).toBe("1");
    expect(await answer.json()).toMatchObject({ code: "checkout_in_progress" });
  });
});
