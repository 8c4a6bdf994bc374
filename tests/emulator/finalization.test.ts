import { expect, test } from "vitest";
import {
  customerWithCard,
  eventsSince,
  HOUR,
  itemOf,
  latestInvoice,
  moveTo,
  subscribe,
} from "./life";
import { emulate, idOf, type Bench } from "./support";

const BERLIN = { country: "DE" };

/** A subscription that computes taxes, for a customer in Berlin. */
async function taxedSubscription(bench: Bench) {
  const { stripe } = bench;
  const customer = await customerWithCard(bench);
  await stripe.customers.update(customer, { address: BERLIN });
  const automatic_tax = { enabled: true };
  const subscription = await subscribe(bench, { customer, automatic_tax });
  return { customer, subscription };
}

test("a renewal whose customer's location is lost stays a draft, says why, and is finalized once it is known again", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { customer, subscription } = await taxedSubscription(bench);
  expect(subscription.automatic_tax).toMatchObject({ enabled: true });
  const first = await latestInvoice(bench, subscription.id);
  expect(first).toMatchObject({
    automatic_tax: { enabled: true, status: "complete" },
    status: "paid",
    total: 2900,
    total_taxes: [],
  });
  await stripe.customers.update(customer, { address: "" });
  const end = itemOf(subscription).current_period_end;
  const fresh = eventsSince(bench);
  await moveTo(bench, end);
  await fresh();
  await moveTo(bench, end + HOUR);
  expect(await fresh()).toEqual(["invoice.finalization_failed"]);
  const stuck = await latestInvoice(bench, subscription.id);
  expect(stuck).toMatchObject({
    automatic_tax: { status: "requires_location_inputs" },
    automatically_finalizes_at: null,
    last_finalization_error: { code: "customer_tax_location_invalid" },
    next_payment_attempt: null,
    number: null,
    status: "draft",
  });
  await bench.advance(48 * HOUR);
  expect(await fresh()).toEqual([]);

  await stripe.customers.update(customer, { address: BERLIN });
  const open = await stripe.invoices.finalizeInvoice(stuck.id);
  expect(open).toMatchObject({ last_finalization_error: null, status: "open" });
  await bench.advance(HOUR);
  const paid = await latestInvoice(bench, subscription.id);
  expect(paid.status).toBe("paid");
});

test("a request that would finalize such an invoice is refused, and its draft remembers", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const customer = await customerWithCard(bench);
  const draft = await stripe.invoices.create({
    customer,
    automatic_tax: { enabled: true },
  });
  expect(draft.automatic_tax.status).toBe("requires_location_inputs");
  const fresh = eventsSince(bench);
  await fresh();
  for (const act of ["finalizeInvoice", "sendInvoice", "pay"] as const) {
    await expect(stripe.invoices[act](draft.id)).rejects.toMatchObject({
      code: "customer_tax_location_invalid",
      statusCode: 400,
    });
    expect(await fresh()).toEqual(["invoice.finalization_failed"]);
  }
  const without = await stripe.invoices.update(draft.id, {
    automatic_tax: { enabled: false },
  });
  expect(without.automatic_tax.status).toBeNull();
  const done = await stripe.invoices.finalizeInvoice(draft.id);
  expect(done.status).toBe("paid");
});

test.each([
  [{ country: "US", postal_code: "94107" }, true],
  [{ country: "US", state: "CA" }, false],
  [{ country: "CA", state: "ON" }, true],
  [{ country: "CA" }, false],
  [{ country: "AT" }, true],
  [{ city: "Vienna" }, false],
])("%j is precise enough for taxes: %s", async (address, enough) => {
  const { stripe } = await emulate();
  const { id } = await stripe.customers.create({ address });
  const { automatic_tax } = await stripe.invoices.create({
    customer: id,
    automatic_tax: { enabled: true },
  });
  expect(automatic_tax.status).toBe(
    enough ? "complete" : "requires_location_inputs",
  );
});

test("a subscription that computes taxes does not begin for a customer who is nowhere", async () => {
  const bench = await emulate();
  await expect(
    subscribe(bench, { automatic_tax: { enabled: true } }),
  ).rejects.toMatchObject({ code: "customer_tax_location_invalid" });
  expect((await bench.stripe.subscriptions.list()).data).toEqual([]);
});

test("what a customer pays elsewhere is asked for, and settled out of band", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const subscription = await subscribe(bench);
  const customer = idOf(subscription.customer);
  const method = await stripe.paymentMethods.create({
    type: "custom",
    custom: { type: "cpmt_bank_transfer" },
  });
  await stripe.paymentMethods.attach(method.id, { customer });
  await stripe.subscriptions.update(subscription.id, {
    default_payment_method: method.id,
  });
  const end = itemOf(subscription).current_period_end;
  const fresh = eventsSince(bench);
  await moveTo(bench, end);
  await fresh();
  await moveTo(bench, end + HOUR);
  expect(await fresh()).toEqual([
    "invoice.finalized",
    "payment_intent.created",
    "invoice.payment_attempt_required",
  ]);
  const open = await latestInvoice(bench, subscription.id);
  expect(open).toMatchObject({ next_payment_attempt: null, status: "open" });
  await expect(stripe.invoices.pay(open.id)).rejects.toMatchObject({
    statusCode: 501,
  });
  const paid = await stripe.invoices.pay(open.id, { paid_out_of_band: true });
  expect(paid.status).toBe("paid");
});
