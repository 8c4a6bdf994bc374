import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getBillingOverview } from "@/lib/billing/overview";
import {
  getCheckoutResult,
  getCheckoutTenant,
} from "@/lib/billing/checkout-result";
import { rightsOf } from "@/lib/entitlements/check";
import { contextOf, startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

describe("buying a plan", () => {
  it("33: opens what the plan gives, and shows price, renewal and invoice", async () => {
    const ada = await world.person();
    expect((await rightsOf(ada)).plan.key).toBe("free");
    const sessionId = await world.buy(ada, "pro_monthly");

    const rights = await rightsOf(ada);
    expect([rights.plan.key, rights.has("reports")]).toEqual(["pro", true]);
    const overview = await getBillingOverview(ada);
    expect(overview.subscriptions).toMatchObject([
      {
        planName: "Pro",
        status: "active",
        price: { amount: 2900n, currency: "usd" },
        interval: "month",
      },
    ]);
    expect(overview.subscriptions[0]?.periodEnd.getTime()).toBeGreaterThan(
      Date.now() + 27 * 86_400_000,
    );
    expect(overview.invoices).toMatchObject([
      { status: "paid", total: { amount: 2900n } },
    ]);
    const invoices = await world.rows(
      "SELECT subscription_id FROM invoice WHERE tenant_id = $1",
      [ada.tenantId],
    );
    expect(invoices).toEqual([
      { subscription_id: overview.subscriptions[0]?.id },
    ]);
    expect(await getCheckoutResult(contextOf(ada), sessionId)).toMatchObject({
      state: "confirmed",
      bought: ["Pro"],
      paid: { amount: 2900n, currency: "usd" },
    });
  });

  it("is written down once: one change, one effect that ran, and who did what", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_yearly");
    await world.cron();
    const changes = await world.rows(
      "SELECT from_status, to_status, amount FROM subscription_change WHERE tenant_id = $1",
      [ada.tenantId],
    );
    expect(changes).toEqual([
      { from_status: null, to_status: "active", amount: "29000" },
    ]);
    const effects = await world.rows(
      "SELECT kind, state, attempts FROM effect WHERE tenant_id = $1 AND kind NOT LIKE 'mail.%'",
      [ada.tenantId],
    );
    expect(effects).toEqual([
      { kind: "access_began", state: "done", attempts: 1 },
    ]);
    const audit = await world.rows<{ action: string; actor_kind: string }>(
      "SELECT action, actor_kind FROM audit_entry WHERE tenant_id = $1 ORDER BY at, id",
      [ada.tenantId],
    );
    expect(audit.map((row) => row.action).toSorted()).toEqual([
      "checkout.completed",
      "checkout.created",
      "customer.created",
      "payment.changed",
      "subscription.changed",
    ]);
    expect(
      audit.find((row) => row.action === "checkout.created")?.actor_kind,
    ).toBe("user");
    expect(
      audit.find((row) => row.action === "checkout.completed")?.actor_kind,
    ).toBe("stripe");
  });

  it("works by the return page alone while webhooks do not arrive", async () => {
    const ada = await world.person();
    await world.control("webhooks", { paused: true });
    const answer = await world.checkout(ada, { priceId: "pro_monthly" });
    const { id, url } = (await answer.json()) as { id: string; url: string };
    await world.pay(url);
    expect((await rightsOf(ada)).plan.key).toBe("free");

    expect(await getCheckoutTenant(id)).toBe(ada.tenantId);
    expect(await getCheckoutResult(contextOf(ada), id)).toMatchObject({
      state: "confirmed",
    });
    expect((await rightsOf(ada)).plan.key).toBe("pro");
    expect((await getBillingOverview(ada)).invoices).toHaveLength(1);

    await world.control("webhooks", { paused: false });
    await world.delivered();
    const effects = await world.rows(
      "SELECT 1 FROM effect WHERE tenant_id = $1 AND kind NOT LIKE 'mail.%'",
      [ada.tenantId],
    );
    expect(effects).toHaveLength(1);
  });

  it("is refused while the workspace has a live plan", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const again = await world.checkout(ada, { priceId: "business_monthly" });
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ code: "already_subscribed" });
  });

  it("46: is refused when the live plan is known to Stripe alone", async () => {
    const ada = await world.person();
    await world.buy(ada, "onboarding_session");
    await world.control("webhooks", { paused: true });
    const [customer] = (await world.stripe.customers.list({ limit: 1 })).data;
    const [price] = (
      await world.stripe.prices.list({ lookup_keys: ["pro_monthly"] })
    ).data;
    const card = await world.stripe.paymentMethods.attach("pm_card_visa", {
      customer: customer?.id ?? "",
    });
    await world.stripe.subscriptions.create({
      customer: customer?.id ?? "",
      items: [{ price: price?.id ?? "" }],
      default_payment_method: card.id,
    });
    const answer = await world.checkout(ada, { priceId: "pro_monthly" });
    await world.control("webhooks", { paused: false });
    expect(await answer.json()).toMatchObject({ code: "already_subscribed" });
  });
});

describe("buying once", () => {
  it("52: makes a paid order and hands it over once", async () => {
    const ada = await world.person();
    const id = await world.buy(ada, "onboarding_session", 2);
    await world.cron();
    expect((await getBillingOverview(ada)).orders).toMatchObject([
      {
        names: ["2 × Onboarding session"],
        status: "paid",
        total: { amount: 29800n, currency: "usd" },
      },
    ]);
    expect(await getCheckoutResult(contextOf(ada), id)).toMatchObject({
      state: "confirmed",
      mode: "payment",
    });
    const effects = await world.rows(
      "SELECT kind, state FROM effect WHERE tenant_id = $1 AND kind NOT LIKE 'mail.%'",
      [ada.tenantId],
    );
    expect(effects).toEqual([{ kind: "purchase_paid", state: "done" }]);
    expect((await rightsOf(ada)).plan.key).toBe("free");
  });

  it("goes beside a plan, and again later", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    await world.buy(ada, "onboarding_session");
    await world.buy(ada, "onboarding_session");
    expect((await getBillingOverview(ada)).orders).toHaveLength(2);
  });
});

describe("a declined card", () => {
  it("grants nothing, and another card still can pay", async () => {
    const ada = await world.person();
    const answer = await world.checkout(ada, { priceId: "pro_monthly" });
    const { url } = (await answer.json()) as { url: string };
    const declined = await world.pay(url, "4000 0000 0000 0002");
    const back = new URL(declined.headers.get("location") ?? "", url);
    expect(await (await fetch(back)).text()).toContain("declined");
    expect((await rightsOf(ada)).plan.key).toBe("free");
    await world.pay(url);
    await world.delivered();
    expect((await rightsOf(ada)).plan.key).toBe("pro");
  });
});
