import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { POST as staffRoute } from "@/app/api/admin/tenants/[tenantId]/subscriptions/route";
import { GET as oneRoute } from "@/app/api/subscriptions/[subscriptionId]/route";
import {
  GET as listRoute,
  POST as createRoute,
} from "@/app/api/subscriptions/route";
import { subscriptionParams } from "@/lib/billing/create-subscription";
import { after, days, toUnix } from "@/lib/platform/time";
import { day, planActs, refusalOf, toldOf } from "@/tests/support/plan-acts";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.control("reset", {}));

const plan = planActs(() => world);

/** Somebody who had a plan once, whose card is saved. */
async function returning(): Promise<Person> {
  const person = await plan.subscriber();
  await plan.act(person, "cancel", { when: "now" });
  await saveDefault(person, "pm_card_visa");
  return person;
}

async function saveDefault(person: Person, card: string): Promise<string> {
  const id = await plan.customerOf(person);
  const method = await world.stripe.paymentMethods.attach(card, {
    customer: id,
  });
  await world.stripe.customers.update(id, {
    invoice_settings: { default_payment_method: method.id },
  });
  await world.delivered();
  return method.id;
}

function begin(person: Person, body: object = {}) {
  return world.post(createRoute, person, {
    tenantId: person.tenantId,
    priceId: "pro_monthly",
    requestKey: randomUUID(),
    ...body,
  });
}

async function list(person: Person, query: Record<string, string> = {}) {
  const answer = await world.get(listRoute, person, { query });
  return (await answer.json()) as {
    data: { id: string; status: string }[];
  };
}

describe("a plan on a saved card", () => {
  it("begins when it is paid, without Checkout, and once for one click", async () => {
    const ada = await returning();
    const requestKey = randomUUID();
    const answers = [
      await begin(ada, { requestKey }),
      await begin(ada, { requestKey }),
    ];
    for (const answer of answers)
      expect(await toldOf(answer)).toEqual([200, "running"]);
    expect(await plan.planOf(ada)).toBe("pro");
    const { data } = await list(ada);
    expect(data).toMatchObject([{ status: "active" }]);
    const another = await begin(ada, { priceId: "business_monthly" });
    expect(await refusalOf(another)).toEqual([409, "already_subscribed"]);
  });

  it("47, 69: whose card is declined grants nothing, holds its place, and expires unpaid", async () => {
    const ada = await returning();
    await saveDefault(ada, "pm_card_chargeCustomerFail");
    const answer = await begin(ada);
    const body = (await answer.json()) as { state: string; invoiceId: string };
    expect(body.state).toBe("payment_needed");
    expect(await plan.planOf(ada)).toBe("free");
    expect(await list(ada, { status: "incomplete" })).toMatchObject({
      data: [{ status: "incomplete" }],
    });
    expect(await refusalOf(await begin(ada))).toEqual([
      409,
      "already_subscribed",
    ]);
    await plan.pass(day);
    expect(await plan.planOf(ada)).toBe("free");
    expect((await list(ada)).data).toEqual([]);
    await saveDefault(ada, "pm_card_visa");
    expect(await toldOf(await begin(ada))).toEqual([200, "running"]);
  });

  it("48: whose answer is lost begins once", async () => {
    const ada = await returning();
    await world.loseAnswer("/v1/subscriptions");
    const requestKey = randomUUID();
    const lost = await begin(ada, { requestKey });
    expect(await refusalOf(lost)).toEqual([503, "outcome_unknown"]);
    const found = await begin(ada, { requestKey });
    expect(await toldOf(found)).toEqual([200, "running"]);
    const { data } = await world.stripe.subscriptions.list({
      customer: await plan.customerOf(ada),
    });
    expect(data).toHaveLength(1);
  });

  it("46: ends the checkout that was open for the same plan", async () => {
    const ada = await returning();
    const { id } = await world.open(ada);
    await begin(ada);
    const { status } = await world.stripe.checkout.sessions.retrieve(id);
    expect(status).toBe("expired");
    expect((await world.checkout(ada, { priceId: "pro_monthly" })).status).toBe(
      409,
    );
  });

  it("renews on the day of the month that was asked for, the first days in proportion", async () => {
    const ada = await returning();
    const first = await begin(ada, { dayOfMonth: 15 });
    expect(await toldOf(first)).toEqual([200, "running"]);
    const { billing_cycle_anchor: anchor } = await plan.atStripe(ada);
    expect(new Date(anchor * 1000).getUTCDate()).toBe(15);
    const [bill] = await plan.invoices(ada);
    expect(bill?.amount_paid).toBeLessThanOrEqual(2900);
  });

  describe("on terms that are worth money", () => {
    let sam: Person;
    beforeAll(async () => {
      sam = await world.staff();
    });
    const give = (who: Person, of: Person, terms: object) =>
      world.post(
        staffRoute,
        who,
        { priceId: "pro_monthly", requestKey: randomUUID(), ...terms },
        { tenantId: of.tenantId },
      );
    const inDays = (count: number) =>
      after(new Date(), days(count)).toISOString().slice(0, 10);

    it("is for staff to begin, once for one click", async () => {
      const ada = await returning();
      const greedy = await begin(ada, { trialDays: 365 });
      expect(await refusalOf(greedy)).toEqual([422, "validation"]);
      const terms = { trialDays: "14", requestKey: randomUUID() };
      const strange = await give(ada, ada, terms);
      expect(await refusalOf(strange)).toEqual([404, "not_found"]);
      for (const _ of [1, 2])
        expect(await toldOf(await give(sam, ada, terms))).toEqual([
          200,
          "running",
        ]);
      expect(await plan.atStripe(ada)).toMatchObject({ status: "trialing" });
      expect((await plan.invoices(ada))[0]?.amount_due).toBe(0);
      const audited = await world.rows(
        "SELECT actor_id FROM audit_entry WHERE tenant_id = $1 AND action = 'plan.began'",
        [ada.tenantId],
      );
      expect(audited).toEqual([{ actor_id: sam.userId }]);
      const another = await give(sam, ada, {});
      expect(await refusalOf(another)).toEqual([409, "already_subscribed"]);
    });

    it("gives away the days before its first whole period", async () => {
      const ada = await returning();
      const billingCycleAnchor = inDays(10);
      for (const wrong of [
        { billingCycleAnchor: inDays(-1) },
        { billingCycleAnchor: inDays(40) },
        { billingCycleAnchor, trialDays: 3 },
        { trialDays: 731 },
      ]) {
        const refused = await give(sam, ada, wrong);
        expect(await refusalOf(refused)).toEqual([422, "validation"]);
      }
      const terms = { billingCycleAnchor, prorationBehavior: "none" };
      await give(sam, ada, { ...terms, trialDays: "" });
      expect(await plan.planOf(ada)).toBe("pro");
      expect((await plan.atStripe(ada)).billing_cycle_anchor).toBe(
        toUnix(new Date(billingCycleAnchor)),
      );
      expect((await plan.invoices(ada))[0]?.amount_due ?? 0).toBe(0);
    });
  });

  it("of somebody without a card, or with another's, is refused", async () => {
    const ada = await world.person();
    expect(await refusalOf(await begin(ada))).toEqual([409, "no_customer"]);
    const bob = await returning();
    const his = await saveDefault(bob, "pm_card_visa");
    const eve = await returning();
    expect(await refusalOf(await begin(eve, { paymentMethodId: his }))).toEqual(
      [404, "not_found"],
    );
  });
});

it("subscriptions are listed by status and read one by one, the tenant's own alone", async () => {
  const ada = await returning();
  await begin(ada);
  const statuses = async (query: Record<string, string>) =>
    (await list(ada, query)).data.map(({ status }) => status);
  expect(await statuses({})).toEqual(["active"]);
  expect(await statuses({ status: "canceled" })).toEqual(["canceled"]);
  expect((await statuses({ status: "all" })).toSorted()).toEqual([
    "active",
    "canceled",
  ]);
  const odd = await world.get(listRoute, ada, { query: { status: "odd" } });
  expect(odd.status).toBe(422);
  const subscriptionId = await plan.idOf(ada);
  const one = await world.get(oneRoute, ada, { path: { subscriptionId } });
  expect(await one.json()).toMatchObject({
    id: subscriptionId,
    items: [{ name: "Pro", unitAmount: "2900", interval: "month" }],
  });
  const bob = await world.person("Bob");
  const strange = await world.get(oneRoute, bob, { path: { subscriptionId } });
  expect(await refusalOf(strange)).toEqual([404, "not_found"]);
});

it("what Stripe is asked for names every term, and no more", () => {
  const asked = {
    tenantId: "t",
    requestId: "req_1",
    customerId: "cus_1",
    method: "pm_1",
    price: "price_1",
    quantity: 1,
    dayOfMonth: undefined,
  };
  expect(subscriptionParams({ ...asked, terms: {} })).toEqual({
    customer: "cus_1",
    items: [{ price: "price_1", quantity: 1 }],
    default_payment_method: "pm_1",
    payment_behavior: "default_incomplete",
    payment_settings: { save_default_payment_method: "on_subscription" },
    billing_mode: { type: "flexible" },
    metadata: { tenant_id: "t", request_id: "req_1" },
  });
  const billingCycleAnchor = new Date("2027-01-01T00:00:00Z");
  expect(
    subscriptionParams({
      ...asked,
      terms: { prorationBehavior: "none", billingCycleAnchor },
    }),
  ).toMatchObject({
    proration_behavior: "none",
    billing_cycle_anchor: 1798761600,
  });
});
