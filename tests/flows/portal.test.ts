import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { portalConfiguration } from "@/lib/billing/portal-configuration";
import { setUp } from "@/lib/cli/setup";
import { getBillingOverview } from "@/lib/billing/overview";
import { syncAfterPortal } from "@/lib/billing/portal-return";
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

/** The newest session that Stripe has made, as its event tells it. */
async function newest() {
  const { data } = await world.stripe.events.list({
    type: "billing_portal.session.created",
    limit: 1,
  });
  const [event] = data;
  if (event?.type !== "billing_portal.session.created")
    throw new Error("no portal session was made");
  return event.data.object;
}

async function subscriptionOf({ tenantId }: Person) {
  const [row] = await world.rows<{ id: string }>(
    "SELECT id FROM subscription WHERE tenant_id = $1",
    [tenantId],
  );
  return row?.id ?? "";
}

async function refused(answer: Response) {
  const { code } = (await answer.json()) as { code: string };
  return [answer.status, code];
}

async function subscriber(priceId = "pro_monthly"): Promise<Person> {
  const person = await world.person();
  await world.buy(person, priceId);
  return person;
}

describe("the portal's configuration", () => {
  it("is one, however often it is set up, and is brought back in line", async () => {
    const said: string[] = [];
    const ours = async () => {
      const all = await world.stripe.billingPortal.configurations.list({
        active: true,
      });
      return all.data.filter(
        ({ metadata }) => metadata?.["turnpike"] === "portal",
      );
    };
    const [before] = await ours();
    await world.stripe.billingPortal.configurations.update(before?.id ?? "", {
      features: { subscription_cancel: { mode: "immediately" } },
    });
    await setUp({}, (line) => said.push(line));
    const after = await ours();
    expect(said).toContain("  ~ customer portal: brought in line");
    expect(after).toHaveLength(1);
    expect(after[0]?.features.subscription_cancel.mode).toBe("at_period_end");
  });

  it("lets Pro and Business be switched, each by month and by year", async () => {
    const ada = await subscriber();
    await world.portal(ada);
    const { configuration } = await newest();
    const id =
      typeof configuration === "string" ? configuration : configuration.id;
    const { features } =
      await world.stripe.billingPortal.configurations.retrieve(id);
    const products = features.subscription_update.products ?? [];
    expect(
      products.map(({ product, prices }) => [product, prices.length]),
    ).toEqual([
      ["plan_pro", 2],
      ["plan_business", 2],
    ]);
  });

  it("ends plans at the end of what is paid, and asks why", () => {
    const { features } = portalConfiguration([]);
    expect(features.subscription_cancel).toMatchObject({
      enabled: true,
      mode: "at_period_end",
      cancellation_reason: { enabled: true },
    });
    expect(features.customer_update?.allowed_updates).toEqual([
      "email",
      "address",
      "phone",
      "tax_id",
    ]);
  });

  it("is never replaced by the account's own: without it the answer is 503", async () => {
    const ada = await subscriber();
    await world.portal(ada);
    const { configuration } = await newest();
    const id =
      typeof configuration === "string" ? configuration : configuration.id;
    const update = world.stripe.billingPortal.configurations.update.bind(
      world.stripe.billingPortal.configurations,
    );
    await update(id, { active: false });
    expect(await refused(await world.portal(ada))).toEqual([
      503,
      "portal_not_set_up",
    ]);
    await update(id, { active: true });
  });
});

describe("the way back from the portal", () => {
  it("is what the request says, else the workspace's setting, else its billing page", async () => {
    const ada = await subscriber();
    const leadsTo = async () =>
      new URL((await newest()).return_url ?? "").searchParams.get("to");
    await world.portal(ada);
    expect(await leadsTo()).toBe(`/t/${ada.slug}/billing`);
    await world.rows(
      `INSERT INTO tenant_settings (tenant_id, portal_return_path) VALUES ($1, '/team')`,
      [ada.tenantId],
    );
    await world.portal(ada);
    expect(await leadsTo()).toBe("/team");
    await world.portal(ada, { returnPath: "/here?tab=1" });
    expect(await leadsTo()).toBe("/here?tab=1");
  });

  it("never leads to another site, whoever wrote the setting", async () => {
    const ada = await subscriber();
    await world.rows(
      `INSERT INTO tenant_settings (tenant_id, portal_return_path) VALUES ($1, '//evil.com')`,
      [ada.tenantId],
    );
    expect(await refused(await world.portal(ada))).toEqual([
      422,
      "invalid_return_url",
    ]);
  });
});

describe("coming back from the portal", () => {
  it("fetches what was done there before any webhook tells", async () => {
    const ada = await subscriber();
    const id = await subscriptionOf(ada);
    await world.control("webhooks", { paused: true });
    await world.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await syncAfterPortal(contextOf(ada));
    const { subscriptions } = await getBillingOverview(ada);
    expect(subscriptions[0]?.endsAt).toEqual(subscriptions[0]?.periodEnd);
    await world.control("webhooks", { paused: false });
    await world.delivered();
  });

  it("goes on although Stripe does not answer", async () => {
    const ada = await subscriber();
    const id = await subscriptionOf(ada);
    await world.control("faults", {
      method: "GET",
      path: `/v1/subscriptions/${id}`,
      status: 500,
      count: 3,
    });
    await syncAfterPortal(contextOf(ada));
    const { subscriptions } = await getBillingOverview(ada);
    expect(subscriptions).toHaveLength(1);
  });
});

describe("a deep link", () => {
  it("to the payment method comes back when it is done", async () => {
    const ada = await subscriber();
    const answer = await world.portal(ada, {
      flow: "payment_method_update",
      returnPath: "/here",
    });
    expect(answer.status).toBe(200);
    const { flow } = await newest();
    expect([flow?.type, flow?.after_completion.type]).toEqual([
      "payment_method_update",
      "redirect",
    ]);
    expect(flow?.after_completion.redirect?.return_url).toContain(
      "&to=%2Fhere",
    );
  });

  it("to cancelling and to changing names the workspace's own subscription", async () => {
    const ada = await subscriber();
    const subscription = await subscriptionOf(ada);
    await world.portal(ada, { flow: "subscription_cancel" });
    expect((await newest()).flow?.subscription_cancel).toMatchObject({
      subscription,
    });
    await world.portal(ada, { flow: "subscription_update" });
    expect((await newest()).flow?.subscription_update).toMatchObject({
      subscription,
    });
  });

  it("to confirming a change carries the item and the catalogue's price", async () => {
    const ada = await subscriber();
    await world.portal(ada, {
      flow: "subscription_update_confirm",
      priceId: "business_yearly",
    });
    const confirm = (await newest()).flow?.subscription_update_confirm;
    const [price] = (
      await world.stripe.prices.list({ lookup_keys: ["business_yearly"] })
    ).data;
    const subscription = await world.stripe.subscriptions.retrieve(
      await subscriptionOf(ada),
    );
    expect(confirm).toMatchObject({
      subscription: subscription.id,
      items: [
        { id: subscription.items.data[0]?.id, price: price?.id, quantity: 1 },
      ],
    });
  });

  it.each([
    [
      "a price that is no plan's",
      { priceId: "onboarding_session" },
      "unknown_price",
    ],
    ["an unknown price", { priceId: "enterprise" }, "unknown_price"],
    ["the price it has", { priceId: "pro_monthly" }, "same_price"],
    ["no price", {}, "validation"],
  ])("to %s is refused", async (_, more, code) => {
    const ada = await subscriber();
    const answer = await world.portal(ada, {
      flow: "subscription_update_confirm",
      ...more,
    });
    expect((await refused(answer))[1]).toBe(code);
  });

  it("to another's subscription is answered as to one that is not there", async () => {
    const [ada, bob] = [await subscriber(), await subscriber()];
    for (const subscriptionId of [await subscriptionOf(bob), "sub_none"]) {
      const answer = await world.portal(ada, {
        flow: "subscription_cancel",
        subscriptionId,
      });
      expect(await refused(answer)).toEqual([404, "not_found"]);
    }
  });

  it("without a plan is refused in words", async () => {
    const ada = await world.person();
    await world.buy(ada, "onboarding_session");
    const answer = await world.portal(ada, { flow: "subscription_cancel" });
    expect(await refused(answer)).toEqual([409, "no_subscription"]);
  });

  it("that Stripe refuses is said as a state of the plan, not as our failure", async () => {
    const ada = await subscriber();
    const id = await subscriptionOf(ada);
    await world.control("webhooks", { paused: true });
    await world.stripe.subscriptions.cancel(id);
    const answer = await world.portal(ada, { flow: "subscription_cancel" });
    expect(await refused(answer)).toEqual([409, "portal_flow_refused"]);
    await world.control("webhooks", { paused: false });
    await world.delivered();
  });
});
