import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as closeRoute } from "@/app/api/settings/close/route";
import { createCheckout } from "@/lib/billing/checkout";
import { password } from "@/tests/support/make-person";
import { paymentActs } from "@/tests/support/payment-acts";
import { refusalOf } from "@/tests/support/plan-acts";
import {
  contextOf,
  startWorld,
  type Person,
  type World,
} from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const pay = paymentActs(() => world);

async function close(
  person: Person,
  wish: { tenantId?: string; name?: string; password?: string } = {},
) {
  const answer = await closeRoute(
    new Request("http://localhost:3000/", {
      method: "POST",
      headers: {
        cookie: person.cookie,
        origin: "http://localhost:3000",
        "content-type": "application/json",
      },
      body: JSON.stringify({
        tenantId: person.tenantId,
        name: await nameOf(person),
        password,
        ...wish,
      }),
    }),
  );
  const body = (await answer.json()) as { code?: string };
  return [answer.status, body.code ?? "closed"];
}

async function nameOf(person: Person) {
  const [row] = await world.rows<{ name: string }>(
    "SELECT name FROM tenant WHERE id = $1",
    [person.tenantId],
  );
  return row?.name;
}

async function isClosed(person: Person) {
  const [row] = await world.rows<{ closed_at: Date | null }>(
    "SELECT closed_at FROM tenant WHERE id = $1",
    [person.tenantId],
  );
  return row?.closed_at !== null;
}

const statuses = async (person: Person) =>
  (
    await world.rows<{ status: string }>(
      "SELECT status FROM subscription WHERE tenant_id = $1",
      [person.tenantId],
    )
  ).map((row) => row.status);

async function customerOf(person: Person): Promise<string> {
  const [row] = await world.rows<{ id: string }>(
    "SELECT id FROM customer WHERE tenant_id = $1",
    [person.tenantId],
  );
  return row?.id ?? "";
}

/** As often as the client tries. */
const fault = (method: string, path: string) =>
  world.control("faults", { method, path, status: 500, count: 3 });

describe("deleting a workspace", () => {
  it("ends its plan at Stripe, then nobody enters it, and its ledger stays", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const { id } = await world.open(ada, { priceId: "onboarding_session" });
    await world.rows(
      `INSERT INTO invitation (id, tenant_id, email, status, inviter_id, expires_at)
       VALUES ($1, $1, 'x@example.com', 'pending', $2, now() + interval '1 day')`,
      [ada.tenantId, ada.userId],
    );
    expect(await close(ada)).toEqual([200, "closed"]);
    await world.delivered();

    expect(await statuses(ada)).toEqual(["canceled"]);
    const { data } = await world.stripe.subscriptions.list({
      customer: await customerOf(ada),
      status: "all",
    });
    expect(data.map(({ status }) => status)).toEqual(["canceled"]);
    expect((await world.stripe.checkout.sessions.retrieve(id)).status).toBe(
      "expired",
    );
    expect((await world.portal(ada)).status).toBe(404);
    expect((await world.checkout(ada, { priceId: "pro_monthly" })).status).toBe(
      404,
    );
    const [left] = await world.rows(
      `SELECT (SELECT count(*)::int FROM invoice WHERE tenant_id = $1) AS invoices,
        (SELECT status FROM invitation WHERE tenant_id = $1) AS invitation,
        (SELECT count(*)::int FROM audit_entry WHERE tenant_id = $1 AND action = 'workspace.closed'
          AND actor_id = $2) AS audited`,
      [ada.tenantId, ada.userId],
    );
    expect(left).toEqual({ invoices: 1, invitation: "revoked", audited: 1 });
  });

  it("that never bought anything asks Stripe nothing", async () => {
    const ada = await world.person();
    const asked = async () => {
      const { requests } = await world.control("state");
      return Object.values(requests).map((route) => route?.received);
    };
    const before = await asked();
    expect(await close(ada)).toEqual([200, "closed"]);
    expect(await asked()).toEqual(before);
  });

  it("is refused with another name or a wrong password, and changes nothing", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    expect(await close(ada, { name: "Something" })).toEqual([
      422,
      "wrong_name",
    ]);
    expect(await close(ada, { password: "guess" })).toEqual([
      422,
      "wrong_password",
    ]);
    expect([await isClosed(ada), await statuses(ada)]).toEqual([
      false,
      ["active"],
    ]);
  });

  it("tells the audit log of each wrong password, and of nothing else that was refused", async () => {
    const ada = await world.person();
    await close(ada, { name: "Something" });
    for (const _ of [1, 2, 3, 4, 5, 6]) await close(ada, { password: "guess" });
    const denied = await world.rows(
      `SELECT actor_id AS who, object_id AS what, details FROM audit_entry
       WHERE tenant_id = $1 AND action = 'access.denied'`,
      [ada.tenantId],
    );
    expect(denied).toEqual(
      Array(5).fill({
        who: ada.userId,
        what: "ownership.write",
        details: { reason: "wrong_password" },
      }),
    );
  });

  it("is held up after five wrong passwords, even with the right one", async () => {
    const ada = await world.person();
    for (const _ of [1, 2, 3, 4, 5]) await close(ada, { password: "guess" });
    expect(await close(ada)).toEqual([429, "too_many_passwords"]);
    expect(await isClosed(ada)).toBe(false);
  });

  it("is for owners: an admin is refused, a stranger finds nothing", async () => {
    const [ada, bob, eve] = [
      await world.person("Ada"),
      await world.person("Bob"),
      await world.person("Eve"),
    ];
    await world.join(ada, bob, "admin");
    const wish = { tenantId: ada.tenantId, name: (await nameOf(ada)) ?? "" };
    expect(await close(bob, wish)).toEqual([403, "forbidden"]);
    expect(await close(eve, wish)).toEqual([404, "not_found"]);
    expect(await isClosed(ada)).toBe(false);
  });

  it("twice is a 404 the second time, and two at once end in one", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const answers = await Promise.all([close(ada), close(ada)]);
    expect(answers).toContainEqual([200, "closed"]);
    expect(await close(ada)).toEqual([404, "not_found"]);
    const audited = await world.rows(
      "SELECT 1 FROM audit_entry WHERE tenant_id = $1 AND action = 'workspace.closed'",
      [ada.tenantId],
    );
    expect(audited).toHaveLength(1);
  });

  it("is not held up by what was begun in the other mode", async () => {
    const ada = await world.person();
    await world.open(ada);
    await pay.begun(ada);
    for (const table of [
      "checkout_session",
      "checkout_intent",
      "charge_intent",
      "payment",
    ])
      await world.rows(
        `UPDATE ${table} SET livemode = true WHERE tenant_id = $1`,
        [ada.tenantId],
      );
    expect(await close(ada)).toEqual([200, "closed"]);
  });

  it("leaves the person's other workspaces as they are", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    await world.join(bob, ada, "owner");
    expect(await close(ada)).toEqual([200, "closed"]);
    const answer = await world.checkout(ada, { priceId: "pro_monthly" });
    expect(answer.status).toBe(200);
    expect(await world.openIntents(bob)).toHaveLength(1);
  });
});

describe("while Stripe answers slowly", () => {
  it("an owner who is one no more does not delete the workspace", async () => {
    const ada = await world.person("Ada");
    const bob = await world.person("Bob");
    await world.join(ada, bob, "owner");
    await world.buy(ada, "pro_monthly");
    const goOn = await world.hold("DELETE", "/v1/subscriptions");
    const ended = "DELETE /v1/subscriptions/:id";
    const before = await world.received(ended);
    const closing = close(ada);
    await expect.poll(() => world.received(ended)).toBe(before + 1);
    await world.rows(
      "UPDATE membership SET role = 'member' WHERE tenant_id = $1 AND user_id = $2",
      [ada.tenantId, ada.userId],
    );
    await goOn();
    expect(await closing).toEqual([403, "forbidden"]);
    expect(await isClosed(ada)).toBe(false);
  });
});

describe("when Stripe fails", () => {
  it.each([
    ["listing plans", "GET", "/v1/subscriptions"],
    ["ending one", "DELETE", "/v1/subscriptions"],
    ["telling what became of it", "GET", "/v1/subscriptions/"],
  ])(
    "at %s, the workspace stays open; tried again, it is deleted",
    async (_, method, path) => {
      const ada = await world.person();
      await world.buy(ada, "pro_monthly");
      await world.control("webhooks", { paused: true }); // whose fetches would use the faults up
      await fault(method, path);
      expect(await close(ada)).toEqual([503, "close_interrupted"]);
      expect(await isClosed(ada)).toBe(false);
      await world.control("webhooks", { paused: false });
      expect(await close(ada)).toEqual([200, "closed"]);
      await world.delivered();
      expect(await statuses(ada)).toEqual(["canceled"]);
    },
  );

  it("at ending an open checkout, the plan is untouched", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const { id } = await world.open(ada, { priceId: "onboarding_session" });
    await fault("POST", `/v1/checkout/sessions/${id}/expire`);
    expect(await close(ada)).toEqual([503, "close_interrupted"]);
    expect([await isClosed(ada), await statuses(ada)]).toEqual([
      false,
      ["active"],
    ]);
    expect(await close(ada)).toEqual([200, "closed"]);
  });
});

describe("a purchase at the very moment", () => {
  it("that was paid behind our back is found at Stripe and ended", async () => {
    const ada = await world.person();
    const { url } = await world.open(ada);
    await world.control("webhooks", { paused: true });
    await world.pay(url);
    expect(await close(ada)).toEqual([200, "closed"]);
    await world.control("webhooks", { paused: false });
    await world.delivered();
    expect(await statuses(ada)).toEqual(["canceled"]);
  });

  it("of a checkout that expired before is ended, and calls for a person", async () => {
    const ada = await world.person();
    const { id } = await world.open(ada);
    await world.stripe.checkout.sessions.expire(id);
    await world.delivered();
    const [row] = await world.rows<{ recovery_url: string }>(
      "SELECT recovery_url FROM checkout_session WHERE id = $1",
      [id],
    );
    expect(await close(ada)).toEqual([200, "closed"]);
    const link = row?.recovery_url ?? "";
    const copy = await fetch(link, { redirect: "manual" });
    await world.pay(new URL(copy.headers.get("location") ?? "", link).href);
    await world.delivered();
    expect(await statuses(ada)).toEqual(["canceled"]);
    expect(
      await world.rows("SELECT code FROM alarm WHERE subject = $1", [
        ada.tenantId,
      ]),
    ).toEqual([{ code: "closed_but_billed" }]);
  });

  it("begun by somebody who was let in before is refused", async () => {
    const ada = await world.person();
    expect(await close(ada)).toEqual([200, "closed"]);
    await expect(
      createCheckout(contextOf(ada), { priceId: "pro_monthly" }, null),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await world.openIntents(ada)).toEqual([]);
  });

  it("under way at Stripe ends in no session that anybody can pay", async () => {
    const ada = await world.person();
    await world.buy(ada, "onboarding_session");
    const goOn = await world.hold("POST", "/v1/checkout/sessions");
    const asked = "POST /v1/checkout/sessions";
    const before = await world.received(asked);
    const buying = world.checkout(ada, { priceId: "pro_monthly" });
    await expect.poll(() => world.received(asked)).toBe(before + 1);
    expect(await close(ada)).toEqual([200, "closed"]);
    await goOn();
    expect((await buying).status).toBe(404);
    const { data } = await world.stripe.checkout.sessions.list({
      customer: await customerOf(ada),
    });
    expect(data.map(({ status }) => status)).toEqual(["expired", "complete"]);
  });

  it("and a payment begun while plans end is one that nobody can pay", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const endPlan = await world.hold("DELETE", "/v1/subscriptions");
    const beginPayment = await world.hold("POST", "/v1/payment_intents");
    const asked = [
      "DELETE /v1/subscriptions/:id",
      "POST /v1/payment_intents",
    ] as const;
    const [ends, begins] = [
      await world.received(asked[0]),
      await world.received(asked[1]),
    ];
    const closing = close(ada);
    await expect.poll(() => world.received(asked[0])).toBe(ends + 1);
    const begun = pay.begin(ada);
    await expect.poll(() => world.received(asked[1])).toBe(begins + 1);
    await endPlan();
    expect(await closing).toEqual([200, "closed"]);
    await beginPayment();
    expect(await refusalOf(await begun)).toEqual([409, "payment_closed"]);
    await world.delivered();
    const { data } = await world.stripe.paymentIntents.list({
      customer: await customerOf(ada),
    });
    expect(data.map(({ status }) => status)).toEqual(["canceled", "succeeded"]);
  });
});

it("a late webhook for a closed workspace still syncs", async () => {
  const ada = await world.person();
  await world.buy(ada, "onboarding_session");
  await close(ada);
  const customer = await customerOf(ada);
  await world.stripe.customers.update(customer, { name: "Ada & Co" });
  await world.delivered();
  expect(
    await world.rows("SELECT name FROM customer WHERE id = $1", [customer]),
  ).toEqual([{ name: "Ada & Co" }]);
});
