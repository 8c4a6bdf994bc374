import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { POST as hideRoute } from "@/app/api/admin/tenants/[tenantId]/catalogue/[lookupKey]/hide/route";
import { POST as showRoute } from "@/app/api/admin/tenants/[tenantId]/catalogue/[lookupKey]/show/route";
import { POST as withdrawRoute } from "@/app/api/admin/tenants/[tenantId]/prices/[priceId]/withdraw/route";
import { POST as offerRoute } from "@/app/api/admin/tenants/[tenantId]/prices/route";
import { getRecovery } from "@/lib/billing/recovery";
import { buyablePrices } from "@/lib/catalog/tenant-prices";
import { rightsOf } from "@/lib/entitlements/check";
import {
  contextOf,
  startWorld,
  type Person,
  type World,
} from "@/tests/support/world";

let world: World;
let sam: Person;
beforeAll(async () => {
  world = await startWorld();
  sam = await world.staff();
});
afterAll(() => world.close());
afterEach(() => world.control("webhooks", { paused: false }));

const partner = {
  lookupKey: "pro_monthly",
  name: "Partner price",
  amount: "20.00",
};

const offerTo = (
  { tenantId }: Person,
  body: object = partner,
  by: Person | null = sam,
) => world.post(offerRoute, by, body, { tenantId });
const withdrawFrom = (
  { tenantId }: Person,
  priceId: string,
  by: Person | null = sam,
) => world.post(withdrawRoute, by, {}, { tenantId, priceId });
const hideFrom = (
  { tenantId }: Person,
  lookupKey: string,
  by: Person | null = sam,
) => world.post(hideRoute, by, {}, { tenantId, lookupKey });
const showTo = ({ tenantId }: Person, lookupKey: string) =>
  world.post(showRoute, sam, {}, { tenantId, lookupKey });

/** An offer that must work; its id. */
async function offered(person: Person, body?: object): Promise<string> {
  const answer = await offerTo(person, body);
  if (answer.status !== 200) throw new Error(await answer.text());
  return ((await answer.json()) as { id: string }).id;
}

const codeOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { code?: string }).code,
];

const keysOf = async (person: Person) =>
  (await buyablePrices(person)).map(({ lookupKey }) => lookupKey);

const audited = async ({ tenantId }: Person) =>
  (
    await world.rows<{ action: string }>(
      "SELECT action FROM audit_entry WHERE tenant_id = $1 AND actor_kind = 'staff' AND action LIKE 'price.%' ORDER BY at",
      [tenantId],
    )
  ).map(({ action }) => action);

const statusOf = async (sessionId: string) =>
  (await world.stripe.checkout.sessions.retrieve(sessionId)).status;

describe("a price that staff offered one workspace", () => {
  it("is bought like any other: charged as offered, with the plan's rights", async () => {
    const ada = await world.person();
    const id = await offered(ada);
    await world.buy(ada, id);
    expect((await rightsOf(ada)).plan.key).toBe("pro");
    const [item] = await world.rows(
      "SELECT unit_amount, interval, product_id FROM subscription_item WHERE tenant_id = $1",
      [ada.tenantId],
    );
    expect(item).toEqual({
      unit_amount: "2000",
      interval: "month",
      product_id: "plan_pro",
    });
    const [invoice] = await world.rows(
      "SELECT total FROM invoice WHERE tenant_id = $1",
      [ada.tenantId],
    );
    expect(invoice).toEqual({ total: "2000" });
    expect(await audited(ada)).toEqual(["price.offered"]);
  });

  it("may be for what is bought once, in any quantity the product has", async () => {
    const ada = await world.person();
    const once = {
      lookupKey: "onboarding_session",
      name: "Friends",
      amount: "99.50",
    };
    await world.buy(ada, await offered(ada, once), 3);
    const [order] = await world.rows(
      `SELECT status, amount_total FROM "order" WHERE tenant_id = $1`,
      [ada.tenantId],
    );
    expect(order).toEqual({ status: "paid", amount_total: "29850" });
  });

  it("27: is not for sale to another workspace, by its own id or by Stripe's", async () => {
    const [ada, eve] = [await world.person(), await world.person("Eve")];
    const id = await offered(ada);
    await world.buy(ada, id);
    const [item] = await world.rows<{ price_id: string }>(
      "SELECT price_id FROM subscription_item WHERE tenant_id = $1",
      [ada.tenantId],
    );
    for (const priceId of [id, item?.price_id])
      expect(await codeOf(await world.checkout(eve, { priceId }))).toEqual([
        422,
        "unknown_price",
      ]);
    expect(await keysOf(eve)).not.toContain(id);
  });

  it("is the same one when it is offered twice, and a name stands for one thing", async () => {
    const ada = await world.person();
    const ids = await Promise.all([offered(ada), offered(ada)]);
    expect(new Set(ids).size).toBe(1);
    expect(await audited(ada)).toEqual(["price.offered"]);
    const other = await offerTo(ada, { ...partner, amount: "19.00" });
    expect(await codeOf(other)).toEqual([409, "offer_name_taken"]);
  });

  it.each([
    [{ lookupKey: "gold" }, "unknown_price"],
    [{ amount: "20,00" }, "amount_malformed"],
    [{ amount: "20.001" }, "amount_malformed"],
    [{ amount: "-20" }, "amount_malformed"],
    [{ amount: "0" }, "amount_out_of_range"],
    [{ amount: "1000000" }, "amount_out_of_range"],
    [{ currency: "xxx" }, "validation"],
    [{ name: "" }, "validation"],
  ])("cannot have %j", async (wrong, code) => {
    const ada = await world.person();
    const answer = await offerTo(ada, { ...partner, ...wrong });
    expect(await codeOf(answer)).toEqual([422, code]);
    expect(await audited(ada)).toEqual([]);
  });

  it("is made by staff alone: to everybody else there is no such address", async () => {
    const ada = await world.person();
    const id = await offered(ada);
    for (const by of [null, ada]) {
      expect((await offerTo(ada, partner, by)).status).toBe(404);
      expect((await withdrawFrom(ada, id, by)).status).toBe(404);
      expect((await hideFrom(ada, "pro_monthly", by)).status).toBe(404);
    }
    expect((await offerTo({ ...ada, tenantId: "none" })).status).toBe(404);
    expect(await audited(ada)).toEqual(["price.offered"]);
  });
});

describe("a withdrawn price", () => {
  it("is sold no more, also not by a checkout that is open", async () => {
    const ada = await world.person();
    const id = await offered(ada);
    const checkout = await world.open(ada, { priceId: id });
    expect((await withdrawFrom(ada, id)).status).toBe(200);
    const session = await world.stripe.checkout.sessions.retrieve(checkout.id);
    expect([session.status, session.after_expiration]).toEqual([
      "expired",
      null,
    ]);
    expect(await world.openIntents(ada)).toEqual([]);
    expect(await getRecovery(contextOf(ada), checkout.id)).toBeNull();
    expect(await codeOf(await world.checkout(ada, { priceId: id }))).toEqual([
      422,
      "unknown_price",
    ]);
    expect((await withdrawFrom(ada, id)).status).toBe(200);
    expect(await audited(ada)).toEqual(["price.offered", "price.withdrawn"]);
  });

  it("leaves an open checkout of another price alone", async () => {
    const ada = await world.person();
    const id = await offered(ada);
    const checkout = await world.open(ada, { priceId: "onboarding_session" });
    await withdrawFrom(ada, id);
    expect(await statusOf(checkout.id)).toBe("open");
  });

  it("stays with who has bought it", async () => {
    const ada = await world.person();
    const id = await offered(ada);
    await world.buy(ada, id);
    await withdrawFrom(ada, id);
    expect((await rightsOf(ada)).plan.key).toBe("pro");
  });

  it("is bought after all where the payment was faster", async () => {
    const ada = await world.person();
    const id = await offered(ada);
    const { url } = await world.open(ada, { priceId: id });
    await world.control("webhooks", { paused: true });
    await world.pay(url);
    expect((await withdrawFrom(ada, id)).status).toBe(200);
    expect((await rightsOf(ada)).plan.key).toBe("pro");
  });

  it("sells nothing to a checkout that is being made at this moment", async () => {
    const ada = await world.person();
    const id = await offered(ada);
    const path = "/v1/checkout/sessions";
    const answer = await world.hold("POST", path, "answer");
    const before = await world.executed(`POST ${path}`);
    const checkout = world.checkout(ada, { priceId: id });
    await expect.poll(() => world.executed(`POST ${path}`)).toBe(before + 1);
    expect((await withdrawFrom(ada, id)).status).toBe(200);
    await answer();
    expect(await codeOf(await checkout)).toEqual([422, "unknown_price"]);
    const [session] = await world.rows<{ id: string }>(
      "SELECT id FROM checkout_session WHERE tenant_id = $1",
      [ada.tenantId],
    );
    expect(await statusOf(session?.id ?? "")).toBe("expired");
  });

  it("is withdrawn also while Stripe is down; asked again, its checkout ends", async () => {
    const ada = await world.person();
    const id = await offered(ada);
    const checkout = await world.open(ada, { priceId: id });
    await world.control("faults", {
      path: "/v1/checkout/sessions/",
      status: 500,
      count: 3,
    });
    expect((await withdrawFrom(ada, id)).status).toBe(502);
    expect(await keysOf(ada)).not.toContain(id);
    expect((await withdrawFrom(ada, id)).status).toBe(200);
    expect(await statusOf(checkout.id)).toBe("expired");
  });

  it("cannot be another workspace's", async () => {
    const [ada, bob] = [await world.person(), await world.person("Bob")];
    const id = await offered(ada);
    expect((await withdrawFrom(bob, id)).status).toBe(404);
    expect(await keysOf(ada)).toContain(id);
  });
});

describe("a price of the catalogue", () => {
  it("that is hidden from a workspace is not for sale to it alone, until it is shown again", async () => {
    const [ada, bob] = [await world.person(), await world.person("Bob")];
    const checkout = await world.open(ada);
    for (const _ of [1, 2])
      expect((await hideFrom(ada, "pro_monthly")).status).toBe(200);
    expect(await statusOf(checkout.id)).toBe("expired");
    expect(await getRecovery(contextOf(ada), checkout.id)).toBeNull();
    expect(
      await codeOf(await world.checkout(ada, { priceId: "pro_monthly" })),
    ).toEqual([422, "unknown_price"]);
    expect(await keysOf(ada)).toContain("pro_yearly");
    await world.open(bob);
    for (const _ of [1, 2])
      expect((await showTo(ada, "pro_monthly")).status).toBe(200);
    await world.open(ada);
    expect(await audited(ada)).toEqual(["price.hidden", "price.shown"]);
  });

  it("that is hidden is not to be had by the customer portal either", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const switchable = async () => {
      const answer = await world.portal(ada);
      const { url } = (await answer.json()) as { url: string };
      return (await (await fetch(url)).text()).includes("Change plan");
    };
    expect(await switchable()).toBe(true);
    await hideFrom(ada, "business_monthly");
    expect(await switchable()).toBe(false);
    const confirm = {
      flow: "subscription_update_confirm",
      priceId: "business_monthly",
    };
    expect(await codeOf(await world.portal(ada, confirm))).toEqual([
      422,
      "unknown_price",
    ]);
  });

  it("has to be one", async () => {
    const ada = await world.person();
    expect((await hideFrom(ada, "gold")).status).toBe(404);
    expect((await showTo(ada, "gold")).status).toBe(404);
  });
});
