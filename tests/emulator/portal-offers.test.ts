import { expect, test } from "vitest";
import { offered, RETURN_URL, type Flow } from "./portal-shop";
import { emulate, submitPage } from "./support";

test("whoever is about to cancel is offered a coupon, takes it once, and keeps what they had", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { subscription, open } = await offered(bench);
  const { id: had } = await stripe.coupons.create({ percent_off: 5 });
  await stripe.subscriptions.update(subscription.id, {
    discounts: [{ coupon: had }],
  });
  const { id: coupon } = await stripe.coupons.create({
    percent_off: 20,
    duration: "repeating",
    duration_in_months: 3,
  });
  const flow: Flow = {
    type: "subscription_cancel",
    subscription_cancel: {
      subscription: subscription.id,
      retention: { type: "coupon_offer", coupon_offer: { coupon } },
    },
    after_completion: {
      type: "redirect",
      redirect: { return_url: `${RETURN_URL}?stayed` },
    },
  };
  const { url, flow: opened } = await open(flow);
  expect(opened?.subscription_cancel?.retention).toEqual({
    coupon_offer: { coupon },
    type: "coupon_offer",
  });
  const at = `${url}/subscriptions/${subscription.id}`;
  const page = await (await fetch(url)).text();
  expect(page).toContain("get 20% off");
  expect(page).toContain("for 3 months");
  const { location } = await submitPage(`${at}/keep`);
  expect(location).toBe(`${RETURN_URL}?stayed`);
  const after = await stripe.subscriptions.retrieve(subscription.id, {
    expand: ["discounts"],
  });
  expect(after).toMatchObject({
    cancel_at: null,
    discounts: [{ source: { coupon: had } }, { source: { coupon } }],
  });
  const again = await submitPage(`${at}/keep`);
  expect(again.page).toContain("cannot be done here any more");
  expect((await stripe.coupons.retrieve(coupon)).times_redeemed).toBe(1);

  await stripe.coupons.del(coupon);
  await expect(open(flow)).rejects.toMatchObject({ code: "resource_missing" });
});

test("an offer is only there in its own flow, and cancelling goes on beside it", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { subscription, open } = await offered(bench);
  const { id: coupon } = await stripe.coupons.create({ percent_off: 20 });
  const plain = await open();
  const at = (url: string) => `${url}/subscriptions/${subscription.id}`;
  const cancel = await (await fetch(`${at(plain.url)}/cancel`)).text();
  expect(cancel).not.toContain("Stay for");
  const refused = await submitPage(`${at(plain.url)}/keep`);
  expect(refused.page).toContain("cannot be done here any more");
  const { url } = await open({
    type: "subscription_cancel",
    subscription_cancel: {
      subscription: subscription.id,
      retention: { type: "coupon_offer", coupon_offer: { coupon } },
    },
  });
  await submitPage(`${at(url)}/cancel`);
  const after = await stripe.subscriptions.retrieve(subscription.id);
  expect(after.cancel_at).not.toBeNull();
  expect(after.discounts).toEqual([]);
});

test("a subscription is paused and resumed in the portal where the shop lets it be", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { subscription, configuration, open } = await offered(bench);
  const flow: Flow = {
    type: "subscription_pause",
    subscription_pause: { subscription: subscription.id },
  };
  await expect(open(flow)).rejects.toThrow("is disabled");
  await stripe.billingPortal.configurations.update(configuration.id, {
    features: { subscription_pause: { enabled: true } },
  });
  const { url } = await open(flow);
  const at = `${url}/subscriptions/${subscription.id}`;
  expect(await (await fetch(url)).text()).toContain("Pause Pro");
  for (const turn of [1, 2]) {
    const { page } = await submitPage(`${at}/pause`);
    expect(page, `turn ${turn}`).toContain("Your subscription is paused.");
  }
  const paused = await stripe.subscriptions.retrieve(subscription.id);
  expect(paused.status).toBe("paused");
  const { data } = await stripe.events.list({
    type: "customer.subscription.paused",
  });
  expect(data).toHaveLength(1);

  const { page } = await submitPage(`${at}/resume`);
  expect(page).toContain("Your subscription runs again.");
  const running = await stripe.subscriptions.retrieve(subscription.id);
  expect(running.status).toBe("active");
  const invoices = await stripe.invoices.list({
    subscription: subscription.id,
  });
  expect(invoices.data.map(({ status }) => status)).toEqual(["paid", "paid"]);
});

test("lengths of a pause to choose from are refused by name", async () => {
  const { stripe } = await emulate();
  await expect(
    stripe.billingPortal.configurations.create({
      features: {
        subscription_pause: {
          enabled: true,
          duration: { type: "interval_options" },
        },
      },
    }),
  ).rejects.toMatchObject({ statusCode: 501 });
});
