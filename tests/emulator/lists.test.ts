import { expect, test } from "vitest";
import {
  emulate,
  GOOD_CARD,
  pay,
  subscribed,
  subscriptionCheckout,
} from "./support";

test("lists are newest first and page in both directions", async () => {
  const { stripe } = await emulate();
  const ids: string[] = [];
  for (let n = 0; n < 7; n += 1)
    ids.unshift((await stripe.customers.create()).id);
  const first = await stripe.customers.list({ limit: 3 });
  expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 3));
  expect(first.has_more).toBe(true);
  const next = await stripe.customers.list({
    limit: 10,
    starting_after: ids[2] ?? "",
  });
  expect(next.data.map(({ id }) => id)).toEqual(ids.slice(3));
  expect(next.has_more).toBe(false);
  const before = await stripe.customers.list({
    limit: 2,
    ending_before: ids[5] ?? "",
  });
  expect(before.data.map(({ id }) => id)).toEqual(ids.slice(3, 5));
  expect(before.has_more).toBe(true);
  const all = await stripe.customers
    .list({ limit: 2 })
    .autoPagingToArray({ limit: 100 });
  expect(all.map(({ id }) => id)).toEqual(ids);
});

test("a cursor must exist, and only one may be given", async () => {
  const { stripe } = await emulate();
  await expect(
    stripe.customers.list({ starting_after: "cus_no" }),
  ).rejects.toMatchObject({
    statusCode: 400,
    param: "starting_after",
    message: "No such customer: 'cus_no'",
  });
  const { id } = await stripe.customers.create();
  await expect(
    stripe.customers.list({ starting_after: id, ending_before: id }),
  ).rejects.toThrow(
    "Received both starting_after and ending_before parameters.",
  );
});

test("created filters by exact time and by range", async () => {
  const { stripe, advance } = await emulate();
  const old = await stripe.customers.create();
  await advance(1000);
  const young = await stripe.customers.create();
  const list = (created: { gt?: number; lte?: number } | number) =>
    stripe.customers
      .list({ created })
      .then(({ data }) => data.map(({ id }) => id));
  expect(await list({ gt: old.created })).toEqual([young.id]);
  expect(await list({ lte: old.created })).toEqual([old.id]);
  expect(await list(young.created)).toEqual([young.id]);
});

test("ended subscriptions are listed only when asked for", async () => {
  const bench = await emulate();
  const { id } = await subscribed(bench);
  await bench.stripe.subscriptions.cancel(id);
  const list = (params: object) =>
    bench.stripe.subscriptions
      .list(params)
      .then(({ data }) => data.map((one) => one.id));
  expect(await list({})).toEqual([]);
  expect(await list({ status: "all" })).toEqual([id]);
  expect(await list({ status: "canceled" })).toEqual([id]);
  expect(await list({ status: "ended" })).toEqual([id]);
  expect(await list({ status: "active" })).toEqual([]);
});

test("expand follows references through lists, and includable fields are absent without it", async () => {
  const bench = await emulate();
  const session = await subscriptionCheckout(bench);
  await pay(session.url, GOOD_CARD);
  const bare = await bench.stripe.checkout.sessions.retrieve(session.id);
  expect(bare).not.toHaveProperty("line_items");
  expect(typeof bare.subscription).toBe("string");
  const full = await bench.stripe.checkout.sessions.retrieve(session.id, {
    expand: [
      "line_items.data.price.product",
      "subscription.latest_invoice.payments",
      "customer",
    ],
  });
  expect(full).toMatchObject({
    customer: { email: "ada@example.com" },
    line_items: {
      total_count: 1,
      data: [{ price: { product: { name: "Pro" } } }],
    },
    subscription: {
      latest_invoice: {
        status: "paid",
        payments: { data: [{ status: "paid" }] },
      },
    },
  });
  const invoices = await bench.stripe.invoices.list({
    expand: ["data.customer", "data.payments"],
  });
  expect(invoices.data[0]).toMatchObject({
    customer: { object: "customer" },
    payments: { data: [{ payment: { type: "payment_intent" } }] },
  });
});

test("expanding too deep, or what is no reference, is refused", async () => {
  const { stripe } = await emulate();
  const { id } = await stripe.customers.create();
  await expect(
    stripe.customers.retrieve(id, { expand: ["metadata"] }),
  ).rejects.toMatchObject({
    message: "This property cannot be expanded (metadata).",
  });
  await expect(
    stripe.customers.retrieve(id, { expand: ["a.b.c.d.e"] }),
  ).rejects.toMatchObject({
    code: "property_expansion_max_depth",
    message:
      "You cannot expand more than 4 levels of a property. Property: a.b.c.d.e",
  });
});
