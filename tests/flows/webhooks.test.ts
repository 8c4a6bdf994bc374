import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as webhookRoute } from "@/app/api/webhooks/stripe/route";
import { rightsOf } from "@/lib/entitlements/check";
import { syncSubscription } from "@/lib/sync/subscription";
import { processDueEvent } from "@/lib/webhooks/process";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

let count = 0;
const event = (changes: Record<string, unknown> = {}) => ({
  id: `evt_test${process.pid}${(count += 1)}`,
  object: "event",
  type: "customer.subscription.updated",
  livemode: false,
  api_version: "2026-10-28.endive",
  data: { object: { id: "sub_nothing", object: "subscription" } },
  ...changes,
});

const stored = async (id: string) => {
  const [row] = await world.rows<{
    state: string;
    note: string | null;
    attempts: number;
    payload: Buffer;
  }>("SELECT state, note, attempts, payload FROM stripe_event WHERE id = $1", [
    id,
  ]);
  return row;
};

const subscriptionOf = async (person: Person) => {
  const [row] = await world.rows<{ id: string; status: string }>(
    "SELECT id, status FROM subscription WHERE tenant_id = $1",
    [person.tenantId],
  );
  if (!row) throw new Error("no subscription");
  return row;
};

describe("a webhook", () => {
  it("is kept byte for byte, NUL and lone surrogates included, and answered with received", async () => {
    const odd = event({
      type: "some.future.event",
      data: { object: { a: "\0", b: "\ud800" } },
    });
    const answer = await world.deliver(odd);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { received: true },
    ]);
    const row = await stored(odd.id);
    expect(row).toMatchObject({ state: "ignored", note: "unhandled_type" });
    expect(row?.payload.toString()).toBe(JSON.stringify(odd, null, 2));
  });

  it.each(["__proto__", "constructor", "v9.unheard.of"])(
    "of the unknown type %s is stored and answered with 200",
    async (type) => {
      const unknown = event({ type });
      expect((await world.deliver(unknown)).status).toBe(200);
      expect(await stored(unknown.id)).toMatchObject({ state: "ignored" });
    },
  );

  it("that is forged changes nothing and says nothing", async () => {
    const before = await world.rows("SELECT count(*) FROM stripe_event");
    const answer = await webhookRoute(
      new Request("http://localhost:3000/", {
        method: "POST",
        headers: { "stripe-signature": "t=1,v1=" },
        body: JSON.stringify(event()),
      }),
    );
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: "webhook_invalid" },
    ]);
    expect(await world.rows("SELECT count(*) FROM stripe_event")).toEqual(
      before,
    );
  });

  it("that takes longer than five seconds is answered by then, and worked on to its end", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const { id } = await subscriptionOf(ada);
    await world.control("faults", {
      method: "GET",
      path: `/v1/subscriptions/${id}`,
      delayMs: 6000,
      count: 1,
    });
    const slow = event({ data: { object: { id, object: "subscription" } } });
    expect((await world.deliver(slow)).status).toBe(200);
    const state = async () => (await stored(slow.id))?.state;
    expect(await state()).toBe("pending");
    await expect.poll(state).toBe("done");
  });

  it("over one mebibyte is 413", async () => {
    const answer = await world.deliver(
      event({ padding: "x".repeat(1024 * 1024) }),
    );
    expect(answer.status).toBe(413);
  });

  it.each([
    ["of the other mode", { livemode: true }, "wrong_mode"],
    ["of another account", { account: "acct_other" }, "wrong_account"],
  ])("%s is stored, ignored and changes nothing", async (_, changes, note) => {
    const stranger = event(changes);
    expect((await world.deliver(stranger)).status).toBe(200);
    expect(await stored(stranger.id)).toMatchObject({
      state: "ignored",
      note,
      attempts: 0,
    });
  });

  it("about an object that Stripe no longer has is done with", async () => {
    const gone = event();
    expect((await world.deliver(gone)).status).toBe(200);
    expect(await stored(gone.id)).toMatchObject({
      state: "ignored",
      note: "gone",
    });
  });

  it("about a customer of somebody else's is kept as ignored", async () => {
    const customer = await world.stripe.customers.create({
      email: "x@example.com",
    });
    await world.delivered(); // of one object's events one is worked on at a time
    const foreign = event({
      type: "customer.updated",
      data: { object: { id: customer.id, object: "customer" } },
    });
    await world.deliver(foreign);
    expect(await stored(foreign.id)).toMatchObject({
      state: "ignored",
      note: "unknown_customer",
    });
  });

  it("whose object names another workspace is quarantined", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    await world.buy(ada, "pro_monthly");
    const { id } = await subscriptionOf(ada);
    await world.control("webhooks", { paused: true });
    await world.stripe.subscriptions.update(id, {
      metadata: { tenant_id: bob.tenantId },
      cancel_at_period_end: true,
    });
    const forged = event({ data: { object: { id, object: "subscription" } } });
    await world.deliver(forged);
    expect(await stored(forged.id)).toMatchObject({
      state: "ignored",
      note: "tenant_mismatch",
    });
    expect((await rightsOf(bob)).plan.key).toBe("free");
    const rows = await world.rows(
      "SELECT cancel_at_period_end FROM subscription WHERE id = $1",
      [id],
    );
    expect(rows).toEqual([{ cancel_at_period_end: false }]);
    await world.control("webhooks", { paused: false });
  });
});

describe("a session made elsewhere with our metadata copied", () => {
  it("is stored too: a mirror takes whatever Stripe says", async () => {
    const ada = await world.person();
    const own = await world.buy(ada, "onboarding_session");
    const { metadata, customer } =
      await world.stripe.checkout.sessions.retrieve(own);
    const [price] = (
      await world.stripe.prices.list({ lookup_keys: ["onboarding_session"] })
    ).data;
    const copy = await world.stripe.checkout.sessions.create({
      mode: "payment",
      customer: typeof customer === "string" ? customer : "",
      line_items: [{ price: price?.id ?? "", quantity: 1 }],
      success_url: "http://localhost:3000/",
      metadata: metadata ?? {},
    });
    await world.pay(copy.url ?? "");
    await world.delivered();
    const orders = await world.rows(
      'SELECT status FROM "order" WHERE tenant_id = $1',
      [ada.tenantId],
    );
    expect(orders).toEqual([{ status: "paid" }, { status: "paid" }]);
  });
});

describe("a subscription of the other mode", () => {
  it("gives nothing and blocks nothing", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    await world.rows(
      "UPDATE subscription SET livemode = true WHERE tenant_id = $1",
      [ada.tenantId],
    );
    expect((await rightsOf(ada)).plan.key).toBe("free");
  });
});

describe("events in any order, any number of times", () => {
  it("end in what Stripe says now", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const { id } = await subscriptionOf(ada);
    await world.stripe.subscriptions.cancel(id);
    const late = event({
      type: "customer.subscription.created",
      data: { object: { id, object: "subscription", status: "active" } },
    });
    for (const _ of [1, 2, 3])
      expect((await world.deliver(late)).status).toBe(200);
    await world.delivered();
    expect((await subscriptionOf(ada)).status).toBe("canceled");
    expect((await rightsOf(ada)).plan.key).toBe("free");
    expect(await stored(late.id)).toMatchObject({ state: "done" });
    const effects = await world.rows<{ kind: string }>(
      "SELECT kind FROM effect WHERE tenant_id = $1 AND kind NOT LIKE 'mail.%' ORDER BY id",
      [ada.tenantId],
    );
    expect(effects.map((row) => row.kind)).toEqual([
      "access_began",
      "access_ended",
    ]);
  });

  it("never let a slower, older answer overwrite a newer one (trust I6)", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const { id } = await subscriptionOf(ada);
    await world.control("webhooks", { paused: true });
    const fetches = () => world.executed("GET /v1/subscriptions/:id");
    const before = await fetches();
    const path = `/v1/subscriptions/${id}`;
    const letArrive = await world.hold("GET", path, "answer");
    const slowAnswer = world.deliver(
      event({ data: { object: { id, object: "subscription" } } }),
    );
    await expect.poll(fetches).toBe(before + 1);
    await world.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    // Another doorbell about the same object, as the return page rings it.
    const actor = { kind: "user", id: ada.userId } as const;
    await syncSubscription(id, { actor, cause: "test" });
    await letArrive();
    await slowAnswer;
    const rows = await world.rows<{ ending: boolean }>(
      `SELECT cancel_at_period_end OR cancel_at IS NOT NULL AS ending FROM subscription WHERE id = $1`,
      [id],
    );
    expect(rows).toEqual([{ ending: true }]);
    await world.control("webhooks", { paused: false });
  });

  it("give one effect when fifty copies arrive at once", async () => {
    const ada = await world.person();
    await world.control("webhooks", { paused: true });
    const answer = await world.checkout(ada, { priceId: "onboarding_session" });
    const { id, url } = (await answer.json()) as { id: string; url: string };
    await world.pay(url);
    const completed = event({
      type: "checkout.session.completed",
      data: { object: { id, object: "checkout.session" } },
    });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => world.deliver(completed)),
    );
    expect(answers.every((a) => a.status === 200)).toBe(true);
    await world.cron();
    const rows = await world.rows(
      "SELECT state FROM effect WHERE tenant_id = $1 AND kind NOT LIKE 'mail.%'",
      [ada.tenantId],
    );
    expect(rows).toEqual([{ state: "done" }]);
    await world.control("webhooks", { paused: false });
  });
});

describe("when working on an event fails", () => {
  const failing = async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const { id } = await subscriptionOf(ada);
    const path = `/v1/subscriptions/${id}`;
    await world.control("faults", {
      method: "GET",
      path,
      status: 500,
      count: 3,
    });
    const failed = event({ data: { object: { id, object: "subscription" } } });
    return { failed, answer: await world.deliver(failed) };
  };

  it("it is stored, Stripe is told to come again, and its coming again works", async () => {
    const { failed, answer } = await failing();
    expect([answer.status, await answer.json()]).toMatchObject([
      500,
      { code: "webhook_failed" },
    ]);
    expect(await stored(failed.id)).toMatchObject({
      state: "pending",
      attempts: 1,
    });
    expect((await world.deliver(failed)).status).toBe(200);
    expect(await stored(failed.id)).toMatchObject({
      state: "done",
      attempts: 2,
    });
  });

  it("the cron works it off once it is due, and not before", async () => {
    const { failed } = await failing();
    await world.cron();
    expect(await stored(failed.id)).toMatchObject({
      state: "pending",
      attempts: 1,
    });
    await world.rows(
      "UPDATE stripe_event SET next_try_at = now() - interval '1 second' WHERE id = $1",
      [failed.id],
    );
    expect((await world.cron()).status).toBe(200);
    expect(await stored(failed.id)).toMatchObject({
      state: "done",
      attempts: 2,
    });
  });

  it("after the last attempt it is dead, stays, and Stripe is no longer asked to repeat it", async () => {
    const { failed } = await failing();
    await world.control("faults", {
      method: "GET",
      path: "/v1/subscriptions",
      status: 500,
      count: 3,
    });
    await world.rows("UPDATE stripe_event SET attempts = 9 WHERE id = $1", [
      failed.id,
    ]);
    expect((await world.deliver(failed)).status).toBe(200);
    expect(await stored(failed.id)).toMatchObject({
      state: "dead",
      attempts: 10,
    });
    expect(await processDueEvent()).toBeNull();
  });

  it("an event that outlived every worker is dead in the end", async () => {
    const cursed = event({ type: "customer.updated" });
    await world.deliver(cursed);
    await world.rows(
      `UPDATE stripe_event SET state = 'processing', attempts = 10, finished_at = NULL,
         lease_until = now() - interval '1 second' WHERE id = $1`,
      [cursed.id],
    );
    expect(await processDueEvent()).toBe("dead");
    expect(await stored(cursed.id)).toMatchObject({
      state: "dead",
      attempts: 11,
    });
  });

  it("a worker that died is followed by another when its lease has run out", async () => {
    const lost = event({ type: "customer.updated" });
    await world.deliver(lost);
    await world.rows(
      `UPDATE stripe_event SET state = 'processing', finished_at = NULL, lease_until = now() + interval '1 min'
       WHERE id = $1`,
      [lost.id],
    );
    expect(await processDueEvent()).toBeNull();
    await world.rows(
      "UPDATE stripe_event SET lease_until = now() - interval '1 second' WHERE id = $1",
      [lost.id],
    );
    expect(await processDueEvent()).toBe("ignored");
    expect((await stored(lost.id))?.state).toBe("ignored");
  });
});

describe("the cron route", () => {
  it.each(["", "undefined", "wrong"])(
    "is closed to the secret %j",
    async (secret) => {
      expect((await world.cron(secret)).status).toBe(401);
    },
  );
});
