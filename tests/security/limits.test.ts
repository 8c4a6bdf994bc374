import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { POST as signInRoute } from "@/app/api/sign-in/route";
import { POST as confirmRoute } from "@/app/api/payment-intents/[paymentId]/confirm/route";
import { POST as addMethodRoute } from "@/app/api/payment-methods/route";
import { POST as portalRoute } from "@/app/api/portal/route";
import { GET as subscriptionsRoute } from "@/app/api/subscriptions/route";
import { POST as signUpRoute } from "@/app/api/sign-up/route";
import { POST as settingsRoute } from "@/app/api/settings/workspace/route";
import { getCheckoutResult } from "@/lib/billing/checkout-result";
import { syncAfterPortal } from "@/lib/billing/portal-return";
import { noteDecline } from "@/lib/platform/declines";
import { forgetOldTries } from "@/lib/platform/rate-limit";
import { paymentActs } from "@/tests/support/payment-acts";
import {
  contextOf,
  startWorld,
  type Person,
  type World,
} from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  process.env.TRUSTED_PROXY = "1";
  world = await startWorld();
});
afterAll(() => world.close());

type Route = (request: Request) => Promise<Response>;

/** A JSON request of somebody, from an address. */
function ask(
  route: Route,
  {
    cookie = "",
    from = "",
    body = {},
    more = {},
  }: {
    cookie?: string;
    from?: string;
    body?: object;
    more?: Record<string, string>;
  },
) {
  return route(
    new Request("http://localhost:3000/", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: "http://localhost:3000",
        "x-forwarded-for": from,
        cookie,
        ...more,
      },
      body: JSON.stringify(body),
    }),
  );
}

const read = (person: Person, from: string) =>
  subscriptionsRoute(
    new Request("http://localhost:3000/?status=active", {
      headers: { cookie: person.cookie, "x-forwarded-for": from },
    }),
  );

/** So many have been counted already, of each limit that exists by now. */
const used = (count: number, act: string) =>
  world.rows("UPDATE rate_limit SET count = $1 WHERE key LIKE $2", [
    count,
    `${act}:%`,
  ]);

async function counted(act: string): Promise<number[]> {
  const rows = await world.rows<{ count: number }>(
    "SELECT count FROM rate_limit WHERE key LIKE $1 ORDER BY count",
    [`${act}:%`],
  );
  return rows.map(({ count }) => count);
}

const stranger = { email: "nobody@example.com", password: "wrong password" };

describe("an address", () => {
  it("is refused beyond its share, is told when to come back, and another is not", async () => {
    const from = "203.0.113.1";
    expect((await ask(signInRoute, { from, body: stranger })).status).toBe(401);
    await used(30, "open.address");
    const refused = await ask(signInRoute, { from, body: stranger });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: "rate_limited" });
    const other = await ask(signInRoute, {
      from: "203.0.113.2",
      body: stranger,
    });
    expect(other.status).toBe(401);
  });

  it.each([
    ["what a caller writes before its own", "1.2.3.4, 203.0.113.1"],
    ["another caller's words", "9.9.9.9,8.8.8.8,203.0.113.1"],
    ["its form as IPv6", "::ffff:203.0.113.1"],
  ])("cannot be left by %s", async (_, from) => {
    await used(30, "open.address");
    const answer = await ask(signInRoute, {
      from,
      body: stranger,
      more: {
        "x-real-ip": "7.7.7.7",
        forwarded: "for=7.7.7.7",
        "x-vercel-forwarded-for": "7.7.7.7",
        "cf-connecting-ip": "7.7.7.7",
        "x-turnpike-address": "7.7.7.7",
      },
    });
    expect(answer.status).toBe(429);
  });

  it("is a whole network of IPv6", async () => {
    await ask(signInRoute, { from: "2001:db8:5:6::1", body: stranger });
    await used(30, "open.address");
    for (const from of ["2001:db8:5:6::2", "2001:db8:5:6:ffff:1:2:3"])
      expect((await ask(signInRoute, { from, body: stranger })).status).toBe(
        429,
      );
    const next = await ask(signInRoute, {
      from: "2001:db8:5:7::1",
      body: stranger,
    });
    expect(next.status).toBe(401);
  });

  it("is counted once for each of a hundred requests at once", async () => {
    const from = "203.0.113.77";
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        ask(signInRoute, { from, body: { nothing: true } }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 422)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(70);
  });
});

describe("who signs up", () => {
  it("is told of ten addresses that they are taken, and then of none", async () => {
    const { email } = await world.person();
    const signUp = (from: string, whose: string) =>
      ask(signUpRoute, {
        from,
        body: { name: "Eve", email: whose, password: "correct horse battery" },
      });
    const from = "203.0.113.201";
    expect((await signUp(from, email)).status).toBe(422);
    await used(10, "email-taken");
    expect((await signUp(from, email)).status).toBe(429);
    const refused = await signUp(from, "eve-at-last@example.com");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3000);
    const other = await signUp("203.0.113.202", "eve-elsewhere@example.com");
    expect(other.status).toBe(200);
  });
});

describe("a workspace", () => {
  it("is refused beyond its share wherever its people are, and others are not", async () => {
    const [ada, bob] = [await world.person(), await world.person()];
    const { cookie } = ada;
    await ask(portalRoute, { cookie, from: "198.51.100.1" });
    await used(120, "money.subject");
    const refused = await ask(portalRoute, { cookie, from: "198.51.100.2" });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
    const other = await ask(portalRoute, {
      cookie: bob.cookie,
      from: "198.51.100.2",
    });
    expect(other.status).toBe(409);
  });

  it("is not used up by those who are no members", async () => {
    const [ada, eve] = [await world.person(), await world.person()];
    const before = (await counted("money.subject")).length;
    const body = { tenantId: ada.tenantId };
    const answer = await ask(portalRoute, { cookie: eve.cookie, body });
    expect(answer.status).toBe(404);
    expect(await counted("money.subject")).toHaveLength(before);
  });

  it("may look far more often than it may buy", async () => {
    const ada = await world.person();
    expect((await read(ada, "198.51.100.9")).status).toBe(200);
    await used(240, "read.subject");
    expect((await read(ada, "198.51.100.9")).status).toBe(200);
    await used(600, "read.subject");
    expect((await read(ada, "198.51.100.9")).status).toBe(429);
  });
});

describe("when nobody counts", () => {
  const broken = () => world.rows("ALTER TABLE rate_limit RENAME TO gone");
  const mended = () => world.rows("ALTER TABLE gone RENAME TO rate_limit");

  it("money and writing are closed, and reading goes on", async () => {
    const ada = await world.person();
    const { cookie } = ada;
    await broken();
    try {
      const closed = [
        await ask(portalRoute, { cookie }),
        await ask(settingsRoute, { cookie, body: { name: "x", slug: "xyz" } }),
        await ask(signInRoute, { body: stranger }),
      ];
      for (const { status } of closed)
        expect(status).toBeGreaterThanOrEqual(500);
      expect((await read(ada, "198.51.100.20")).status).toBe(200);
    } finally {
      await mended();
    }
    expect((await ask(portalRoute, { cookie })).status).toBe(409);
  });
});

describe("stolen cards", () => {
  it("declined ten times close buying for the workspace, and call for a person", async () => {
    const ada = await world.person();
    const { url } = await world.open(ada, { priceId: "onboarding_session" });
    for (let n = 0; n < 3; n += 1) await world.pay(url, "4000000000000002");
    await world.delivered();
    expect(Math.max(...(await counted("declines")))).toBeGreaterThan(0);
    await used(10, "declines");
    expect((await world.checkout(ada, { priceId: "pro_monthly" })).status).toBe(
      200,
    );
    await noteDecline(ada.tenantId);
    const refused = await world.checkout(ada, { priceId: "pro_yearly" });
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: "too_many_declines" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(60);
    expect(
      await world.rows("SELECT subject FROM alarm WHERE code = 'card_testing'"),
    ).toEqual([{ subject: ada.tenantId }]);
    // Looking, and everything that is not money, goes on.
    expect((await read(ada, "198.51.100.30")).status).toBe(200);
  });

  it("declined count for the workspace and for the address that they were tried from", async () => {
    const ada = await world.person();
    const pay = paymentActs(() => world);
    const { id: paymentId } = await pay.begun(ada);
    await pay.giveCard(ada, "pm_card_chargeCustomerFail");
    const before = (await counted("declines")).length;
    const declined = await ask(
      (request) =>
        confirmRoute(request, { params: Promise.resolve({ paymentId }) }),
      {
        cookie: ada.cookie,
        from: "198.51.100.67",
        body: { requestKey: "one" },
      },
    );
    expect(declined.status).toBe(402);
    await world.delivered();
    expect(await counted("declines")).toHaveLength(before + 2);
  });

  it("find no more than a hundred pages and payments an hour to be tried on", async () => {
    const ada = await world.person();
    const pay = paymentActs(() => world);
    await world.open(ada);
    await used(99, "beginnings");
    await pay.begun(ada);
    const begin = [
      () => world.checkout(ada, { priceId: "onboarding_session" }),
      () => world.post(addMethodRoute, ada),
      () => pay.begin(ada),
    ];
    const before = await world.creates();
    for (const one of begin) expect((await one()).status).toBe(429);
    expect(await world.creates()).toEqual(before);
    // The page that is open already stays open, and another workspace is not held up.
    expect((await world.checkout(ada, { priceId: "pro_monthly" })).status).toBe(
      200,
    );
    await world.open(await world.person());
  });

  it("declined from one address close buying from there, for whatever workspace", async () => {
    const ada = await world.person();
    for (let n = 0; n < 11; n += 1) await noteDecline("198.51.100.66");
    const from = { "x-forwarded-for": "198.51.100.66" };
    const wish = { priceId: "pro_monthly" };
    expect((await world.checkout(ada, wish, from)).status).toBe(429);
    expect((await world.checkout(ada, wish)).status).toBe(200);
  });
});

describe("reading Stripe for a page", () => {
  it("is bounded for who comes back from the portal again and again", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const fetch = async () => {
      const before = await reads();
      await syncAfterPortal(contextOf(ada));
      return (await reads()) - before;
    };
    expect(await fetch()).toBeGreaterThan(0);
    for (let n = 0; n < 9; n += 1) await fetch();
    expect(await fetch()).toBe(0);
  });

  it("is bounded for who opens the return page again and again", async () => {
    const ada = await world.person();
    const { id } = await world.open(ada);
    await getCheckoutResult(contextOf(ada), id);
    await used(30, "return_page");
    const before = await reads();
    const result = await getCheckoutResult(contextOf(ada), id);
    expect([result?.state, await reads()]).toEqual(["open", before]);
  });

  async function reads(): Promise<number> {
    const { requests } = await world.control("state");
    return Object.entries(requests)
      .filter(([name]) => name.startsWith("GET "))
      .reduce((sum, [, many]) => sum + (many?.received ?? 0), 0);
  }
});

describe("what was counted", () => {
  it("is forgotten a day later", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2 * 86_400_000 });
    expect(await forgetOldTries()).toBeGreaterThan(0);
    vi.useRealTimers();
    expect(await world.rows("SELECT FROM rate_limit")).toEqual([]);
  });
});
