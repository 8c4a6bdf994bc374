import { expect, test } from "vitest";
import { offered, RETURN_URL, type Flow } from "./portal-shop";
import { emulate, idOf, submitPage, subscribed } from "./support";

test("another plan is offered with its price, refused outside its quantity, confirmed and applied", async () => {
  const bench = await emulate();
  const { subscription, business, open } = await offered(bench);
  const { url } = await open();
  const at = `${url}/subscriptions/${subscription.id}`;
  expect(await (await fetch(url)).text()).toContain("Change plan");
  expect(await (await fetch(`${at}/update`)).text()).toContain(
    "$99.00 per month",
  );
  const many = await submitPage(`${at}/confirm`, {
    price: business.id,
    quantity: "6",
  });
  expect(many.page).toContain("Choose a quantity from 1 to 5.");
  const changed = await submitPage(`${at}/confirm`, {
    price: business.id,
    quantity: "3",
  });
  expect(changed.page).toContain("Your plan is changed.");
  const { items } = await bench.stripe.subscriptions.retrieve(subscription.id);
  expect(items.data).toMatchObject([
    { price: { id: business.id }, quantity: 3 },
  ]);
});

test("a flow opens on its page, and its end leads where it was told", async () => {
  const bench = await emulate();
  const { subscription, open } = await offered(bench);
  const session = await open({
    type: "subscription_cancel",
    subscription_cancel: { subscription: subscription.id },
    after_completion: {
      type: "redirect",
      redirect: { return_url: "http://shop.test/bye" },
    },
  });
  expect(session.flow).toEqual({
    type: "subscription_cancel",
    after_completion: {
      type: "redirect",
      redirect: { return_url: "http://shop.test/bye" },
      hosted_confirmation: null,
    },
    customer_update: null,
    subscription_cancel: { subscription: subscription.id, retention: null },
    subscription_pause: null,
    subscription_update: null,
    subscription_update_confirm: null,
  });
  const first = await fetch(session.url);
  expect(first.url).toMatch(/\/cancel$/);
  expect(await first.text()).toContain("Return to shop.test");
  expect((await submitPage(first.url)).location).toBe("http://shop.test/bye");
  // The flow is over: what is left is the portal.
  expect(await (await fetch(session.url)).text()).toContain("Manage billing");
});

test("a confirmed update begins at the confirmation and ends in its own words", async () => {
  const bench = await emulate();
  const { subscription, item, business, open } = await offered(bench);
  const { url } = await open({
    type: "subscription_update_confirm",
    subscription_update_confirm: {
      subscription: subscription.id,
      items: [{ id: item.id, price: business.id, quantity: 2 }],
    },
    after_completion: {
      type: "hosted_confirmation",
      hosted_confirmation: { custom_message: "Welcome to Business." },
    },
  });
  const page = await fetch(url);
  const text = await page.text();
  expect(text).toContain("Confirm the change");
  expect(text).toContain("$198.00 per month");
  const done = await submitPage(page.url, {
    price: business.id,
    quantity: "2",
  });
  expect(done.page).toContain("Welcome to Business.");
  const { items } = await bench.stripe.subscriptions.retrieve(subscription.id);
  expect(items.data[0]?.price.id).toBe(business.id);
});

test("a change that is settled at once says what is due today, and charges exactly that", async () => {
  const bench = await emulate();
  const { subscription, business, open } = await offered(bench, {
    enabled: true,
    proration_behavior: "always_invoice",
  });
  await bench.advance(3 * 86_400);
  const { url } = await open();
  const confirm = `${url}/subscriptions/${subscription.id}/confirm`;
  const page = await (await fetch(`${confirm}?price=${business.id}`)).text();
  expect(page).toContain("Unused time on");
  const [, due] =
    /Due today<\/th>\s*<td class="amount">\$([\d.]+)</.exec(page) ?? [];
  await submitPage(confirm, { price: business.id });
  const [invoice] = (await bench.stripe.invoices.list({ limit: 1 })).data;
  expect(invoice).toMatchObject({
    billing_reason: "subscription_update",
    status: "paid",
  });
  expect(invoice?.amount_paid).toBeGreaterThan(5000);
  expect(
    Math.abs((invoice?.amount_paid ?? 0) - Number(due) * 100),
  ).toBeLessThan(
    // A second may pass between the page and the click.
    2,
  );
});

test.each<[string, Flow["type"], RegExp]>([
  ["adding a card", "payment_method_update", /payment-methods$/],
  ["billing details", "customer_update", /customer$/],
])("a flow for %s opens on its page", async (_, type, address) => {
  const bench = await emulate();
  const { open } = await offered(bench);
  expect((await fetch((await open({ type })).url)).url).toMatch(address);
});

test("a flow is refused for a feature that is off, for another's subscription and for a price not offered", async () => {
  const bench = await emulate();
  const { subscription, item, open } = await offered(bench, { enabled: false });
  await expect(
    open({
      type: "subscription_update",
      subscription_update: { subscription: subscription.id },
    }),
  ).rejects.toThrow("the `subscription_update` feature is disabled");
  const other = await subscribed(bench);
  await expect(
    open({
      type: "subscription_cancel",
      subscription_cancel: { subscription: other.id },
    }),
  ).rejects.toMatchObject({
    code: "resource_missing",
    param: "flow_data[subscription_cancel][subscription]",
  });
  const second = await offered(bench);
  const [own] = second.subscription.items.data;
  await expect(
    second.open({
      type: "subscription_update_confirm",
      subscription_update_confirm: {
        subscription: second.subscription.id,
        items: [{ id: own?.id ?? "", price: item.price.id }],
      },
    }),
  ).rejects.toThrow("This plan is not offered.");
});

test("a configuration is completed with defaults, updated in parts and listed", async () => {
  const bench = await emulate();
  const { configuration, business } = await offered(bench);
  const { configurations } = bench.stripe.billingPortal;
  expect(configuration.features).toMatchObject({
    invoice_history: { enabled: false },
    subscription_cancel: { mode: "at_period_end", proration_behavior: "none" },
    subscription_update: {
      proration_behavior: "none",
      trial_update_behavior: "end_trial",
      schedule_at_period_end: { conditions: [] },
      products: [
        { adjustable_quantity: { enabled: false, maximum: null, minimum: 1 } },
        { prices: [business.id], adjustable_quantity: { maximum: 5 } },
      ],
    },
  });
  const updated = await configurations.update(configuration.id, {
    default_return_url: RETURN_URL,
    features: { subscription_cancel: { mode: "immediately" } },
    metadata: { plan: "v2" },
  });
  expect(updated).toMatchObject({
    default_return_url: RETURN_URL,
    features: {
      ...configuration.features,
      subscription_cancel: { enabled: true, mode: "immediately" },
    },
    metadata: { plan: "v2" },
  });
  await configurations.update(configuration.id, { active: false });
  const active = await configurations.list({ active: true });
  expect(active.data.map(({ is_default }) => is_default)).toEqual([true]);
  await expect(
    configurations.update(configuration.id, {
      features: {
        subscription_update: {
          products: [
            { product: idOf(business.product), prices: ["price_none"] },
          ],
        },
      },
    }),
  ).rejects.toMatchObject({
    code: "resource_missing",
    param: "features[subscription_update][products][0][prices][0]",
  });
});
