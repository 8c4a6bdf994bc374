import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as embeddedRoute } from "@/app/api/checkout/embedded/route";
import { openCheckout } from "@/lib/billing/checkout";
import { saleOf } from "@/lib/billing/sale";
import { getPrice, type Price } from "@/lib/catalog/prices";
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

const session = (id: string) => world.stripe.checkout.sessions.retrieve(id);

async function refusal(person: Person, body: object) {
  const answer = await world.checkout(person, body);
  return { status: answer.status, ...((await answer.json()) as object) };
}

function price(lookupKey: string, change: Partial<Price> = {}): Price {
  const found = getPrice(lookupKey);
  if (!found) throw new Error(`no ${lookupKey}`);
  return { ...found, ...change };
}

/** The checkout of something that the sample catalogue does not sell. */
function openSale(person: Person, ...prices: Price[]) {
  const sale = saleOf(prices.map((one) => ({ price: one, quantity: 1 })));
  return openCheckout(contextOf(person), {
    sale,
    request: {},
    idempotencyKey: null,
  });
}

async function subscription(person: Person) {
  const [row] = await world.rows<{
    id: string;
    status: string;
    trial_end: Date | null;
  }>("SELECT * FROM subscription WHERE tenant_id = $1", [person.tenantId]);
  return row;
}

const business = ({ tenantId }: Person) => ({
  priceId: "business_monthly",
  tenantId,
});

describe("a trial", () => {
  const days = (id: string) =>
    session(id).then(({ amount_total }) =>
      amount_total === 0 ? "free" : "paid",
    );

  it("takes a card and charges nothing until it ends", async () => {
    const ada = await world.person();
    await world.buy(ada, "business_monthly");
    const trial = await subscription(ada);
    expect(trial?.status).toBe("trialing");
    await world.control("clock", { advance_seconds: 15 * 86_400 });
    await world.delivered();
    expect((await subscription(ada))?.status).toBe("active");
  });

  it("67: is given once to a workspace, also after its plan has ended", async () => {
    const ada = await world.person();
    await world.buy(ada, "business_monthly");
    const { id } = (await subscription(ada)) ?? { id: "" };
    await world.stripe.subscriptions.cancel(id);
    await world.delivered();
    const again = await world.open(ada, { priceId: "business_monthly" });
    expect(await days(again.id)).toBe("paid");
  });

  it("67: is given once to a person, in whichever workspace", async () => {
    const ada = await world.person();
    await world.buy(ada, "business_monthly");
    const other = await world.join(await world.person("Bob"), ada, "owner");
    const second = await world.open(other, business(other));
    expect(await days(second.id)).toBe("paid");
  });

  it("67: is given once to a mailbox, also when the first account is gone", async () => {
    const ada = await world.person();
    await world.buy(ada, "business_monthly");
    const eve = await world.person("Eve");
    await world.rows('UPDATE "user" SET email = $1 WHERE id = $2', [
      `gone-${ada.email}`,
      ada.userId,
    ]);
    await world.rows('UPDATE "user" SET email = $1 WHERE id = $2', [
      ada.email.replace("@", "+again@"),
      eve.userId,
    ]);
    const second = await world.open(eve, { priceId: "business_monthly" });
    expect(await days(second.id)).toBe("paid");
  });

  it("67: is not given to two checkouts at once", async () => {
    const ada = await world.person();
    const other = await world.join(await world.person("Bob"), ada, "owner");
    const [first, second] = await Promise.all(
      [ada, other].map((who) => world.open(who, business(who))),
    );
    const given = await Promise.all(
      [first, second].map((one) => days(one?.id ?? "")),
    );
    expect(given.toSorted()).toEqual(["free", "paid"]);
  });

  it("comes back from a checkout that expired unpaid", async () => {
    const ada = await world.person();
    const first = await world.open(ada, { priceId: "business_monthly" });
    expect(await days(first.id)).toBe("free");
    await world.stripe.checkout.sessions.expire(first.id);
    await world.delivered();
    const other = await world.join(await world.person("Bob"), ada, "owner");
    const second = await world.open(other, business(other));
    expect(await days(second.id)).toBe("free");
  });

  it.each([
    ["cancel", "canceled"],
    ["pause", "paused"],
  ] as const)("66: without a card ends by %s", async (withoutCard, status) => {
    const ada = await world.person();
    const trial = { days: 7, withoutCard };
    const open = await openSale(ada, price("pro_monthly", { trial }));
    await world.pay(open.url ?? "");
    await world.delivered();
    expect((await subscription(ada))?.status).toBe("trialing");
    await world.control("clock", { advance_seconds: 8 * 86_400 });
    await world.delivered();
    expect((await subscription(ada))?.status).toBe(status);
  });
});

describe("a promotion code", () => {
  const code = async (change: object = {}) => {
    const coupon = await world.stripe.coupons.create({ percent_off: 20 });
    const { code: text } = await world.stripe.promotionCodes.create({
      promotion: { type: "coupon", coupon: coupon.id },
      ...change,
    });
    return text;
  };

  it("that comes with the request lowers the price", async () => {
    const ada = await world.person();
    const promotionCode = await code();
    const { id } = await world.open(ada, {
      priceId: "pro_monthly",
      promotionCode,
    });
    expect((await session(id)).amount_total).toBe(2320);
    expect((await world.open(ada)).id).not.toBe(id);
  });

  it("that is mistyped, switched off or for others is refused, and nothing stays open", async () => {
    const ada = await world.person();
    const off = await code({ active: false });
    const bob = await world.stripe.customers.create();
    const others = await code({ customer: bob.id });
    for (const promotionCode of ["NOSUCHCODE", off, others]) {
      expect(
        await refusal(ada, { priceId: "pro_monthly", promotionCode }),
      ).toMatchObject({
        status: 422,
        code: "invalid_promotion_code",
        param: "promotionCode",
      });
    }
    expect(await world.openIntents(ada)).toHaveLength(0);
  });
});

describe("a plan and something once", () => {
  it("are one checkout, one subscription and one order", async () => {
    const ada = await world.person();
    const { id, url } = await world.open(ada, {
      lineItems: [
        { priceId: "pro_monthly" },
        { priceId: "onboarding_session", quantity: 2 },
      ],
    });
    expect((await session(id)).amount_total).toBe(2900 + 2 * 14_900);
    await world.pay(url);
    await world.delivered();
    expect((await subscription(ada))?.status).toBe("active");
    const orders = await world.rows(
      `SELECT status, amount_total::int AS amount, lines FROM "order" WHERE tenant_id = $1`,
      [ada.tenantId],
    );
    expect(orders).toMatchObject([
      {
        status: "paid",
        amount: 29_800,
        lines: [{ productId: "onboarding_session", quantity: 2 }],
      },
    ]);
  });
});

describe("a checkout within our page", () => {
  const embedded = (person: Person | null, body: object) =>
    world.post(embeddedRoute, person, body);
  type Answer = { id: string; clientSecret: string; publishableKey: string };

  it("is one session with its secret, however often it is asked for", async () => {
    const ada = await world.person();
    const ask = async () =>
      (await (
        await embedded(ada, { priceId: "pro_monthly" })
      ).json()) as Answer;
    const first = await ask();
    expect(first.clientSecret).toContain(`${first.id}_secret_`);
    expect(first.publishableKey).toMatch(/^pk_test_/);
    expect(await ask()).toEqual(first);
    const stored = await world.rows(
      "SELECT * FROM checkout_session WHERE id = $1",
      [first.id],
    );
    expect(JSON.stringify(stored)).not.toContain("_secret_");
  });

  it("takes the place of the one on Stripe's page", async () => {
    const ada = await world.person();
    const hosted = await world.open(ada);
    await embedded(ada, { priceId: "pro_monthly" });
    expect((await session(hosted.id)).status).toBe("expired");
  });

  it("is as guarded as the other", async () => {
    const ada = await world.person();
    const bob = await world.person("Bob");
    const body = { priceId: "pro_monthly", tenantId: bob.tenantId };
    expect((await embedded(ada, body)).status).toBe(404);
    expect((await embedded(null, body)).status).toBe(401);
  });
});

it("what is sent asks for the address, where it can be sent", async () => {
  const ada = await world.person();
  const { id } = await openSale(
    ada,
    price("onboarding_session", { shipsTo: ["DE", "AT"] }),
  );
  expect(
    (await session(id)).shipping_address_collection?.allowed_countries,
  ).toEqual(["DE", "AT"]);
});

it("the language is the asked one", async () => {
  const ada = await world.person();
  const { id } = await world.open(ada, {
    priceId: "pro_monthly",
    locale: "de",
  });
  expect((await session(id)).locale).toBe("de");
});
