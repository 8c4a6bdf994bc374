// What other starters got wrong, as stories: each is one sentence of what must hold instead.
import fc from "fast-check";
import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  findCheckoutTenant,
  getCheckoutResult,
} from "@/lib/billing/checkout-result";
import { rightsOf } from "@/lib/entitlements/check";
import { syncCheckoutSession } from "@/lib/sync/checkout-session";
import { after, hours } from "@/lib/platform/time";
import { claimEvent } from "@/lib/webhooks/claim";
import { drain } from "@/lib/webhooks/drain";
import { reconcileEvents } from "@/lib/webhooks/reconcile";
import { createRandom } from "@/tests/simulation/random";
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
afterEach(() => world.control("webhooks", { paused: false }));

const pause = () => world.control("webhooks", { paused: true });
const resume = () => world.control("webhooks", { paused: false });
/** The clock of Stripe may have been moved hours ahead of ours. */
const reconcile = () =>
  reconcileEvents(
    { since: after(new Date(), -hours(1)) },
    undefined,
    after(new Date(), hours(6)),
  );
const planOf = async (person: Person) => (await rightsOf(person)).plan.key;

/** How often each of the owner's functions was, or will be, called. */
async function effectsOf({ tenantId }: Person) {
  const rows = await world.rows<{ kind: string }>(
    "SELECT kind FROM effect WHERE tenant_id = $1 AND kind NOT LIKE 'mail.%' ORDER BY kind, id",
    [tenantId],
  );
  return rows.map(({ kind }) => kind);
}

/** What this workspace's customer did at Stripe, in the order of its events. */
async function eventsAbout({ tenantId }: Person) {
  const [row] = await world.rows<{ id: string }>(
    "SELECT id FROM customer WHERE tenant_id = $1",
    [tenantId],
  );
  const all = await world.stripe.events
    .list({ limit: 100 })
    .autoPagingToArray({ limit: 1000 });
  const isAbout = ({ data: { object } }: Stripe.Event) =>
    JSON.stringify(object).includes(row?.id ?? "nobody");
  return all.filter(isAbout).toReversed();
}

describe("1: somebody signs up and buys", () => {
  it("with nothing but what this project brings, and has access", async () => {
    const ada = await world.person();
    expect(await planOf(ada)).toBe("free");
    await world.buy(ada, "pro_monthly");
    expect(await planOf(ada)).toBe("pro");
  });
});

describe("2: a recorded stream of events", () => {
  /** A plan is bought, cancelled for its end, kept after all, changed, and given up at once. */
  async function live(person: Person) {
    await pause();
    const { url } = await world.open(person);
    await world.pay(url);
    const events = await eventsAbout(person);
    const made = events.find(
      ({ type }) => type === "customer.subscription.created",
    );
    if (!made) throw new Error("no subscription was made");
    const { id, items } = made.data.object as Stripe.Subscription;
    const plans = world.stripe.subscriptions;
    await plans.update(id, { cancel_at_period_end: true });
    await plans.update(id, { cancel_at_period_end: false });
    const [item] = items.data;
    await plans.update(id, { items: [{ id: item?.id ?? "", quantity: 3 }] });
    await plans.cancel(id);
    return eventsAbout(person);
  }

  /** Everything that is not an id or a moment. */
  async function endOf({ tenantId }: Person) {
    const read = (sql: string) => world.rows(sql, [tenantId]);
    return {
      subscriptions: await read(
        "SELECT status, currency, quantity, product_id FROM subscription JOIN subscription_item AS item ON item.subscription_id = subscription.id WHERE subscription.tenant_id = $1",
      ),
      invoices: await read(
        "SELECT status, total, amount_paid FROM invoice WHERE tenant_id = $1 ORDER BY total, status",
      ),
      payments: await read(
        "SELECT status, amount FROM payment WHERE tenant_id = $1 ORDER BY amount",
      ),
      sessions: await read(
        "SELECT status, payment_status FROM checkout_session WHERE tenant_id = $1",
      ),
    };
  }

  it("ends in the same rows in any order, doubled, delayed or cut short, once what is missing was fetched", async () => {
    const inOrder = await world.person();
    for (const event of await live(inOrder)) await world.deliver(event);
    const expected = await endOf(inOrder);
    expect(expected.subscriptions).toMatchObject([{ status: "canceled" }]);

    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const random = createRandom(seed);
        const person = await world.person();
        const events = await live(person);
        const shuffled = events
          .map((event) => ({ event, at: random.below(1000) }))
          .toSorted((one, other) => one.at - other.at)
          .map(({ event }) => event);
        for (const event of shuffled) {
          if (random.chance(0.3)) continue; // lost
          for (let copies = random.chance(0.3) ? 2 : 1; copies > 0; copies -= 1)
            expect((await world.deliver(event)).status).toBe(200);
        }
        await reconcile();
        await drain();
        expect(await endOf(person)).toEqual(expected);
        // Whoever heard of it only when it was over was never given access; nobody twice.
        const effects = await effectsOf(person);
        expect([[], ["access_began", "access_ended"]]).toContainEqual(effects);
      }),
      { numRuns: 4, seed: 20261121 },
    );
    await resume();
    await world.delivered();
  }, 240_000);

  it("is never believed itself: an event that tells of better days changes nothing", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const events = await eventsAbout(ada);
    const began = events.find(
      ({ type }) => type === "customer.subscription.created",
    );
    if (!began) throw new Error("no subscription was made");
    const subscription = began.data.object as Stripe.Subscription;
    await world.stripe.subscriptions.cancel(subscription.id);
    await world.delivered();
    await world.deliver({
      ...began,
      id: `evt_better${process.pid}`,
      type: "customer.subscription.updated",
      data: { object: { ...subscription, status: "active" } },
    });
    expect(await planOf(ada)).toBe("free");
  });
});

describe("3: a worker that dies", () => {
  it.each(["after it has claimed", "after it has saved"])(
    "%s an event leaves it to the next, and the effect happens once",
    async (when) => {
      const ada = await world.person();
      await pause();
      const { id, url } = await world.open(ada, {
        priceId: "onboarding_session",
      });
      await world.pay(url);
      await reconcile();
      const [event] = await world.rows<{ id: string }>(
        "SELECT id FROM stripe_event WHERE object_id = $1 AND type = 'checkout.session.completed'",
        [id],
      );
      const eventId = event?.id ?? "none";
      const claimed = await claimEvent({
        account: "",
        livemode: false,
        id: eventId,
      });
      expect(claimed?.id).toBe(eventId);
      const actor = { kind: "stripe", id: eventId } as const;
      if (when === "after it has saved")
        await syncCheckoutSession(id, { actor, cause: eventId });
      // Nobody marks it. Others wait for the lease, then one of them takes over.
      await drain();
      const stateOf = () =>
        world.rows("SELECT state, attempts FROM stripe_event WHERE id = $1", [
          eventId,
        ]);
      expect(await stateOf()).toEqual([{ state: "pending", attempts: 1 }]);
      await world.rows(
        "UPDATE stripe_event SET lease_until = now() - interval '1 second' WHERE id = $1",
        [eventId],
      );
      await drain();
      expect(await stateOf()).toEqual([{ state: "done", attempts: 2 }]);
      expect(await effectsOf(ada)).toEqual(["purchase_paid"]);
      await resume();
      await world.delivered();
      expect(await effectsOf(ada)).toEqual(["purchase_paid"]);
    },
  );
});

describe("4: two tabs", () => {
  /** Two checkouts of ours are open at once, as when Stripe's page for an expired one was left open. */
  async function twoTabs(person: Person) {
    const first = await world.open(person, { priceId: "pro_monthly" });
    await world.rows(
      "UPDATE checkout_intent SET closed_at = now() WHERE tenant_id = $1",
      [person.tenantId],
    );
    await world.rows(
      "UPDATE checkout_session SET status = 'expired' WHERE tenant_id = $1",
      [person.tenantId],
    );
    const second = await world.open(person, { priceId: "pro_yearly" });
    return { first, second };
  }

  const plansOf = ({ tenantId }: Person) =>
    world.rows<{ id: string; status: string; interval: string }>(
      `SELECT subscription.id, status, interval FROM subscription
       JOIN subscription_item AS item ON item.subscription_id = subscription.id
       WHERE subscription.tenant_id = $1 ORDER BY subscription.created_at, subscription.id`,
      [tenantId],
    );
  const refundsOf = ({ tenantId }: Person) =>
    world.rows("SELECT status, amount FROM refund WHERE tenant_id = $1", [
      tenantId,
    ]);
  const writtenOf = ({ tenantId }: Person) =>
    world.rows(
      `SELECT object_id AS id, details->>'refunded' AS refunded FROM audit_entry
       WHERE tenant_id = $1 AND action = 'subscription.undone'`,
      [tenantId],
    );
  const mailsOf = ({ tenantId }: Person) =>
    world.rows(
      "SELECT FROM effect WHERE tenant_id = $1 AND kind = 'mail.doubled' AND NOT payload ? 'addressee'",
      [tenantId],
    );

  it("whose refund's answer is lost get their money back once", async () => {
    const ada = await world.person();
    const { first, second } = await twoTabs(ada);
    await world.pay(first.url);
    await world.control("clock", { advance_seconds: 60 });
    const asked = () => world.received("POST /v1/refunds");
    const before = await asked();
    await world.loseAnswer("/v1/refunds");
    await world.pay(second.url);
    await world.control("clock", { advance_seconds: 7200 }); // Stripe delivers again
    await world.delivered();
    await world.rows(
      "UPDATE stripe_event SET next_try_at = now() - interval '1 second' WHERE state = 'pending'",
    );
    await drain();
    expect(await plansOf(ada)).toMatchObject([
      { status: "active", interval: "month" },
      { status: "canceled", interval: "year" },
    ]);
    expect((await asked()) - before).toBeGreaterThan(3);
    expect(await refundsOf(ada)).toMatchObject([{ status: "succeeded" }]);
    expect(await mailsOf(ada)).toHaveLength(1);
  });

  it("that both pay end in one live plan: the later is cancelled and refunded, once, and told", async () => {
    const ada = await world.person();
    const { first, second } = await twoTabs(ada);
    await world.pay(first.url);
    await world.control("clock", { advance_seconds: 60 });
    await world.pay(second.url);
    await world.delivered();
    await world.cron();
    const plans = await plansOf(ada);
    expect(plans).toMatchObject([
      { status: "active", interval: "month" },
      { status: "canceled", interval: "year" },
    ]);
    expect(await planOf(ada)).toBe("pro");
    const undone = { id: plans[1]?.id, refunded: "29000" };
    const once = async () => {
      expect(await refundsOf(ada)).toEqual([
        { status: "succeeded", amount: "29000" },
      ]);
      expect(await writtenOf(ada)).toEqual([undone]);
      expect(await mailsOf(ada)).toHaveLength(1);
    };
    await once();
    for (const event of await eventsAbout(ada))
      await world.deliver({ ...event, id: `${event.id}again` });
    await once();
  });

  it("where Stripe fails in the middle are finished by the next try", async () => {
    const ada = await world.person();
    const { first, second } = await twoTabs(ada);
    await world.pay(first.url);
    await world.delivered();
    await world.control("clock", { advance_seconds: 60 });
    await pause();
    await world.pay(second.url);
    await world.control("faults", {
      method: "DELETE",
      path: "/v1/subscriptions/",
      status: 500,
      count: 3,
    });
    await reconcile();
    await drain();
    await world.rows(
      "UPDATE stripe_event SET next_try_at = now() - interval '1 second' WHERE finished_at IS NULL",
    );
    await drain();
    expect(await plansOf(ada)).toMatchObject([
      { status: "active" },
      { status: "canceled" },
    ]);
    expect(await refundsOf(ada)).toHaveLength(1);
    expect(await writtenOf(ada)).toHaveLength(1);
    await resume();
    await world.delivered();
    expect(await refundsOf(ada)).toHaveLength(1);
  });

  it("are left to a person where the later one paid for something else as well", async () => {
    const ada = await world.person();
    const { first } = await twoTabs(ada);
    const basket = await world.open(ada, {
      lineItems: [{ priceId: "pro_yearly" }, { priceId: "onboarding_session" }],
    });
    await world.pay(first.url);
    await world.control("clock", { advance_seconds: 60 });
    await world.pay(basket.url);
    await world.delivered();
    expect(await plansOf(ada)).toMatchObject([
      { status: "active", interval: "month" },
      { status: "active", interval: "year" },
    ]);
    expect(await refundsOf(ada)).toEqual([]);
  });

  it("are not meant by a plan that was made elsewhere: both stay, and a person is called", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const [customer] = await world.rows<{ id: string }>(
      "SELECT id FROM customer WHERE tenant_id = $1",
      [ada.tenantId],
    );
    const [price] = (
      await world.stripe.prices.list({ lookup_keys: ["business_monthly"] })
    ).data;
    const card = await world.stripe.paymentMethods.attach("pm_card_visa", {
      customer: customer?.id ?? "",
    });
    const made = await world.stripe.subscriptions.create({
      customer: customer?.id ?? "",
      items: [{ price: price?.id ?? "" }],
      default_payment_method: card.id,
    });
    await world.delivered();
    expect(await plansOf(ada)).toMatchObject([
      { status: "active" },
      { status: "active" },
    ]);
    expect(await refundsOf(ada)).toEqual([]);
    expect(
      await world.rows("SELECT code FROM alarm WHERE subject = $1", [made.id]),
    ).toEqual([{ code: "two_live_subscriptions" }]);
  });
});

describe("5: access after paying", () => {
  const pay = async () => {
    const ada = await world.person();
    const { id, url } = await world.open(ada);
    await world.pay(url);
    return { ada, id };
  };

  it("arrives by webhook alone when the tab is closed", async () => {
    const { ada } = await pay();
    await world.delivered();
    expect(await planOf(ada)).toBe("pro");
  });

  it("arrives by the return page alone when no webhook comes", async () => {
    await pause();
    const { ada, id } = await pay();
    expect(await planOf(ada)).toBe("free");
    await getCheckoutResult(contextOf(ada), id);
    expect(await planOf(ada)).toBe("pro");
    await resume();
    await world.delivered();
    expect(await effectsOf(ada)).toEqual(["access_began"]);
  });

  it("arrives by the cron when neither does", async () => {
    await pause();
    const { ada } = await pay();
    expect(await planOf(ada)).toBe("free");
    await reconcile();
    await world.cron();
    expect(await planOf(ada)).toBe("pro");
    await resume();
    await world.delivered();
    expect(await effectsOf(ada)).toEqual(["access_began"]);
  });
});

describe("6: the address that buyers come back to", () => {
  it("shows nothing of another workspace's purchase", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    const id = await world.buy(ada, "pro_monthly");
    expect(await findCheckoutTenant(id)).toBe(ada.tenantId);
    expect(await getCheckoutResult(contextOf(bob), id)).toBeNull();
    expect(await planOf(bob)).toBe("free");
  });

  it("opened again after the plan has ended gives nothing back", async () => {
    const ada = await world.person();
    const id = await world.buy(ada, "pro_monthly");
    const [row] = await world.rows<{ id: string }>(
      "SELECT id FROM subscription WHERE tenant_id = $1",
      [ada.tenantId],
    );
    await world.stripe.subscriptions.cancel(row?.id ?? "");
    await world.delivered();
    await getCheckoutResult(contextOf(ada), id);
    expect(await planOf(ada)).toBe("free");
    expect(await effectsOf(ada)).toEqual(["access_began", "access_ended"]);
  });

  it("does not take an order for paid whose money is days away", async () => {
    const ada = await world.person();
    const { id, url } = await world.open(ada, {
      priceId: "onboarding_session",
    });
    await world.pay(`${url}?method=bank`, "000123456789");
    expect(await getCheckoutResult(contextOf(ada), id)).toEqual({
      state: "under_way",
    });
    await world.delivered();
    expect(await effectsOf(ada)).toEqual([]);
  });
});

describe("7: two people with one address", () => {
  it("have each their own customer: none is adopted by its email", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    const customerOf = async (person: Person) => {
      await world.open(person, {
        priceId: "pro_monthly",
        customerEmail: "invoices@example.com",
      });
      const [row] = await world.rows<{ id: string }>(
        "SELECT id FROM customer WHERE tenant_id = $1",
        [person.tenantId],
      );
      return row?.id;
    };
    const own = await customerOf(ada);
    expect(own).toMatch(/^cus_/);
    expect(await customerOf(bob)).not.toBe(own);
  });
});
