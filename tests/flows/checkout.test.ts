import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { POST as checkoutRoute } from "@/app/api/checkout/route";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
afterEach(() => world.control("webhooks", { paused: false }));

describe("fifty checkouts of one workspace at once", () => {
  it("46: share one session and one customer", async () => {
    const ada = await world.person();
    const before = await world.creates();
    // On a busy machine some wait longer than a request may, and come again as they are told to.
    const insist = async (): Promise<Response> => {
      const answer = await world.checkout(ada, { priceId: "pro_monthly" });
      return answer.headers.has("retry-after") ? insist() : answer;
    };
    const answers = await Promise.all(Array.from({ length: 50 }, insist));
    expect(answers.map((answer) => answer.status)).toEqual(Array(50).fill(200));
    const bodies = (await Promise.all(
      answers.map((answer) => answer.json()),
    )) as { url: string }[];
    expect(new Set(bodies.map((body) => body.url)).size).toBe(1);
    const after = await world.creates();
    expect(after.sessions - before.sessions).toBe(1);
    expect(after.customers - before.customers).toBe(1);
    expect(await world.openIntents(ada)).toHaveLength(1);
  });
});

describe("an open session", () => {
  it("is used again for the same choice", async () => {
    const ada = await world.person();
    expect((await world.open(ada)).id).toBe((await world.open(ada)).id);
  });

  it("is ended at Stripe when the buyer chooses something else", async () => {
    const ada = await world.person();
    const first = await world.open(ada);
    const second = await world.open(ada, { priceId: "business_yearly" });
    expect(second.id).not.toBe(first.id);
    expect(
      (await world.stripe.checkout.sessions.retrieve(first.id)).status,
    ).toBe("expired");
    expect(await world.openIntents(ada)).toHaveLength(1);
  });

  it("of a plan stands beside one of a one-time product", async () => {
    const ada = await world.person();
    const plan = await world.open(ada);
    const product = await world.open(ada, {
      priceId: "onboarding_session",
      quantity: 2,
    });
    expect(product.id).not.toBe(plan.id);
    expect((await world.open(ada)).id).toBe(plan.id);
  });

  it("that was paid meanwhile is not replaced: the plan is there", async () => {
    const ada = await world.person();
    const first = await world.open(ada);
    await world.control("webhooks", { paused: true });
    await world.pay(first.url);
    const second = await world.checkout(ada, { priceId: "business_yearly" });
    await world.control("webhooks", { paused: false });
    expect(await second.json()).toMatchObject({ code: "already_subscribed" });
  });

  it("59: that expired makes room for a new one", async () => {
    const ada = await world.person();
    const first = await world.open(ada, {
      priceId: "pro_monthly",
      expiresInMinutes: 30,
    });
    await world.control("clock", { advance_seconds: 3600 });
    await world.delivered();
    const second = await world.open(ada);
    expect(second.id).not.toBe(first.id);
  });

  it("carries our ids on the session and on what it makes (hazard 51)", async () => {
    const ada = await world.person();
    const id = await world.buy(ada, "pro_monthly");
    const session = await world.stripe.checkout.sessions.retrieve(id, {
      expand: ["subscription"],
    });
    const [intent] = await world.rows<{ id: string }>(
      "SELECT id FROM checkout_intent WHERE session_id = $1",
      [id],
    );
    const [audit] = await world.rows<{ cause: string }>(
      "SELECT cause FROM audit_entry WHERE tenant_id = $1 AND cause LIKE 'req_%' AND object_id = $2",
      [ada.tenantId, id],
    );
    const marks = {
      tenant_id: ada.tenantId,
      intent_id: intent?.id,
      request_id: audit?.cause,
    };
    expect(audit?.cause).toMatch(/^req_/);
    expect(session.metadata).toEqual(marks);
    expect(session.subscription).toMatchObject({ metadata: marks });
    expect(session.client_reference_id).toBe(ada.tenantId);
  });
});

describe("what is sold", () => {
  it("is never a price that was moved to another product", async () => {
    const ada = await world.person();
    await world.stripe.prices.create({
      product: "onboarding_session",
      currency: "usd",
      unit_amount: 99_000,
      recurring: { interval: "year" },
      lookup_key: "business_yearly",
      transfer_lookup_key: true,
    });
    const answer = await world.checkout(ada, { priceId: "business_yearly" });
    expect(await answer.json()).toMatchObject({ code: "price_mismatch" });
    const [good] = (
      await world.stripe.prices.list({ product: "plan_business", limit: 100 })
    ).data.filter((price) => price.recurring?.interval === "year");
    await world.stripe.prices.update(good?.id ?? "", {
      lookup_key: "business_yearly",
      transfer_lookup_key: true,
    });
  });
});

describe("a request", () => {
  it("without a session is 401", async () => {
    expect(
      (await world.checkout(null, { priceId: "pro_monthly" })).status,
    ).toBe(401);
  });

  it("for another's workspace is answered as one for a missing workspace", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    const about = async (tenantId: string) => {
      const answer = await world.checkout(ada, {
        priceId: "pro_monthly",
        tenantId,
      });
      const { request_id: _, ...body } = (await answer.json()) as Record<
        string,
        unknown
      >;
      return { status: answer.status, body };
    };
    const foreign = await about(bob.tenantId);
    expect(foreign.status).toBe(404);
    expect(foreign).toEqual(await about("nothing-like-it"));
  });

  it("from a member whose role may not buy is 403", async () => {
    const ada = await world.person();
    await world.rows(
      "UPDATE membership SET role = 'viewer' WHERE user_id = $1",
      [ada.userId],
    );
    const answer = await world.checkout(ada, { priceId: "pro_monthly" });
    expect(answer.status).toBe(403);
  });

  it("with another's customer is 404, with the own one is served", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    await world.open(bob);
    const [row] = await world.rows<{ id: string }>(
      "SELECT id FROM customer WHERE tenant_id = $1",
      [bob.tenantId],
    );
    const body = { priceId: "pro_monthly", customerId: row?.id };
    expect((await world.checkout(ada, body)).status).toBe(404);
    expect((await world.checkout(bob, body)).status).toBe(200);
  });

  it.each([
    ["an unknown price", { priceId: "gold_monthly" }],
    ["a prototype's name", { priceId: "__proto__" }],
    ["a price id that is not for sale", { priceId: "price_1234567890" }],
    ["a list for a price", { priceId: ["pro_monthly"] }],
    ["no price", {}],
    [
      "price and items",
      { priceId: "pro_monthly", lineItems: [{ priceId: "pro_monthly" }] },
    ],
    [
      "two plans",
      {
        lineItems: [
          { priceId: "pro_monthly" },
          { priceId: "business_monthly" },
        ],
      },
    ],
    ["an amount", { priceId: "pro_monthly", amount: 1 }],
    ["a quantity over the maximum", { priceId: "pro_monthly", quantity: 2 }],
    ["a quantity of zero", { priceId: "onboarding_session", quantity: 0 }],
    ["a fraction", { priceId: "onboarding_session", quantity: 1.5 }],
    ["a quantity as text", { priceId: "onboarding_session", quantity: "2" }],
    [
      "a reserved metadata key",
      { priceId: "pro_monthly", metadata: { tenant_id: "x" } },
    ],
    [
      "a foreign return address",
      { priceId: "pro_monthly", successUrl: "https://evil.com/" },
    ],
    [
      "an expiry under 30 minutes",
      { priceId: "pro_monthly", expiresInMinutes: 29 },
    ],
    ["a NUL in metadata", { priceId: "pro_monthly", metadata: { a: "\0" } }],
  ])(
    "with %s is 422 and reaches neither Stripe nor the tables",
    async (_, body) => {
      const ada = await world.person();
      const before = await world.creates();
      const answer = await world.checkout(ada, body);
      expect(answer.status).toBe(422);
      expect(answer.headers.get("content-type")).toBe(
        "application/problem+json",
      );
      expect(await world.creates()).toEqual(before);
      expect(await world.openIntents(ada)).toHaveLength(0);
    },
  );

  it("may name the price by its Stripe id", async () => {
    const ada = await world.person();
    const [price] = (
      await world.stripe.prices.list({ lookup_keys: ["pro_yearly"] })
    ).data;
    await world.open(ada, { priceId: price?.id });
  });

  it("with a used Idempotency-Key is served again, with another body 422", async () => {
    const ada = await world.person();
    const ask = (priceId: string) =>
      world.checkout(ada, { priceId }, { "idempotency-key": "order-17" });
    expect((await ask("pro_monthly")).status).toBe(200);
    expect((await ask("pro_monthly")).status).toBe(200);
    const other = await ask("pro_yearly");
    expect([other.status, await other.json()]).toMatchObject([
      422,
      { code: "idempotency_mismatch" },
    ]);
  });

  it("is refused as long as Stripe would charge something else than we show", async () => {
    const ada = await world.person();
    await world.stripe.prices.create({
      product: "plan_business",
      currency: "usd",
      unit_amount: 1,
      recurring: { interval: "month" },
      lookup_key: "business_monthly",
      transfer_lookup_key: true,
    });
    const answer = await world.checkout(ada, { priceId: "business_monthly" });
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { code: "price_mismatch" },
    ]);
    expect(await world.openIntents(ada)).toHaveLength(0);
  });

  it("as a form of our own page goes on to Stripe by 303, without JavaScript", async () => {
    const ada = await world.person();
    const form = (
      fields: Record<string, string>,
      headers: Record<string, string> = {},
    ) =>
      checkoutRoute(
        new Request("http://localhost:3000/api/checkout", {
          method: "POST",
          headers: {
            cookie: ada.cookie,
            origin: "http://localhost:3000",
            referer: "http://localhost:3000/t/acme/billing?x=1",
            accept: "text/html",
            "content-type": "application/x-www-form-urlencoded",
            ...headers,
          },
          body: new URLSearchParams(fields),
        }),
      );
    const sent = await form({ priceId: "onboarding_session", quantity: "2" });
    expect(sent.status).toBe(303);
    expect(sent.headers.get("location")).toMatch(
      new RegExp(`^${world.emulator.origin}/`),
    );

    const refused = await form({ priceId: "gold" });
    expect(refused.status).toBe(303);
    expect(refused.headers.get("location")).toBe("/t/acme/billing?x=1");
    expect(refused.headers.get("set-cookie")).toMatch(
      /^turnpike_flash=.*Path=\/t\/acme\/billing;/,
    );

    const foreign = await form(
      { priceId: "pro_monthly" },
      { origin: "https://evil.com" },
    );
    expect(foreign.status).toBe(403);
  });
});

describe("the portal", () => {
  it("opens for a customer, and nobody else's way back is taken", async () => {
    const ada = await world.person();
    expect(await (await world.portal(ada)).json()).toMatchObject({
      code: "no_customer",
    });
    await world.buy(ada, "pro_monthly");
    const answer = await world.portal(ada, {
      returnPath: `/t/${ada.slug}/billing`,
    });
    expect(answer.status).toBe(200);
    const { url } = (await answer.json()) as { url: string };
    expect(await (await fetch(url)).text()).toContain(
      `to=${encodeURIComponent(`/t/${ada.slug}/billing`)}`,
    );
    const evil = await world.portal(ada, { returnPath: "//evil.com" });
    expect([evil.status, await evil.json()]).toMatchObject([
      422,
      { code: "invalid_return_url" },
    ]);
  });
});
