import { expect, test } from "vitest";
import {
  emulate,
  idOf,
  pay,
  receiver,
  subscribed,
  submitPage,
  type Bench,
} from "./support";

async function pageAt({ origin }: Bench, path: string): Promise<string> {
  const answer = await fetch(`${origin}${path}`);
  expect(answer.status).toBe(200);
  return answer.text();
}

const press = (
  bench: Bench,
  path: string,
  fields: Record<string, string> = {},
) => submitPage(`${bench.origin}${path}`, fields);

test("a failing card, dunning and recovery by clicking: next month, let the card fail, let it work", async () => {
  const bench = await emulate();
  const subscription = await subscribed(bench);
  const card = idOf(subscription.default_payment_method);
  const root = await pageAt(bench, "/");
  for (const shown of ["Next month", "To the next event", "Let the card fail"])
    expect(root).toContain(shown);
  const failing = await press(bench, `/cards/${card}`, { works: "no" });
  expect(failing.page).toContain(
    "Visa ending in 4242 is declined from now on.",
  );
  const month = await press(bench, "/clock", { step: "month" });
  expect(month.page).toContain("events happened.");
  const status = async () =>
    (await bench.stripe.subscriptions.retrieve(subscription.id)).status;
  expect(await status()).toBe("past_due");
  await press(bench, `/cards/${card}`, { works: "yes" });
  await press(bench, "/clock", { step: "next" });
  expect(await status()).toBe("active");
});

test("to the next event goes exactly to what is due, and says when nothing is", async () => {
  const bench = await emulate();
  const idle = await press(bench, "/clock", { step: "next" });
  expect(idle.page).toContain("Nothing is due.");
  const { items } = await subscribed(bench);
  const end = items.data[0]?.current_period_end ?? 0;
  for (const due of [end - 7 * 86_400, end]) {
    await press(bench, "/clock", { step: "next" });
    const late = (await bench.state()).clock.now - due;
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(60);
  }
  const [draft] = (await bench.stripe.invoices.list({ limit: 1 })).data;
  expect(draft?.status).toBe("draft");
});

test("objects are listed and shown as the API shows them, with links between them", async () => {
  const bench = await emulate();
  const { id, customer } = await subscribed(bench);
  expect(await pageAt(bench, "/objects")).toContain("/objects/subscription");
  expect(await pageAt(bench, "/objects/subscription")).toContain(id);
  const page = await pageAt(bench, `/objects/subscription/${id}`);
  expect(page).toContain(`href="/objects/customer/${idOf(customer)}"`);
  expect((await fetch(`${bench.origin}/objects/constructor`)).status).toBe(404);
});

test("an event shows its deliveries and is sent again with the same id", async () => {
  const bench = await emulate();
  const hook = await receiver((at) => (at === 0 ? 500 : 200));
  await bench.stripe.webhookEndpoints.create({
    url: hook.url,
    enabled_events: ["customer.created"],
  });
  await bench.stripe.customers.create({ email: "ada@example.com" });
  await hook.until(() => hook.received.length === 1);
  const [event] = (await bench.stripe.events.list()).data;
  const path = `/events/${event?.id}`;
  const resent = await press(bench, path, {});
  expect(resent.page).toContain("The event is sent again.");
  await hook.until(() => hook.received.length >= 2);
  const ids = hook.received.map(({ body }) => /evt_\w+/.exec(body)?.[0]);
  expect(new Set(ids)).toEqual(new Set([event?.id]));
  expect(await pageAt(bench, "/events")).toContain("customer.created");
});

test("a payment is refunded, another disputed and won or lost, by clicking", async () => {
  const bench = await emulate();
  await subscribed(bench);
  for (const _ of [1, 2]) await press(bench, "/clock", { step: "month" });
  const [third, second, first] = (await bench.stripe.charges.list()).data;
  const act = (charge: { id: string } | undefined, name: string) =>
    press(bench, `/payments/${idOf(charge)}`, { act: name });
  expect((await act(first, "refund")).page).toContain("$29.00 is refunded.");
  expect((await act(first, "refund")).page).toContain("already been refunded");
  await act(second, "dispute");
  expect((await act(second, "win")).page).toContain("the dispute is won");
  await act(third, "dispute");
  await act(third, "dispute");
  expect((await act(third, "lose")).page).toContain("the dispute is lost");
  const disputes = await bench.stripe.disputes.list();
  expect(disputes.data.map(({ status }) => status)).toEqual(["lost", "won"]);
});

test("the request log names what was asked and answered", async () => {
  const bench = await emulate();
  await bench.stripe.customers.list();
  await expect(bench.stripe.customers.retrieve("cus_none")).rejects.toThrow();
  const page = await pageAt(bench, "/requests");
  expect(page).toContain("GET /v1/customers/cus_none");
  expect(page).toContain("<td>404</td>");
});

test("a hosted invoice is paid once, with the saved card or another, and can be printed", async () => {
  const bench = await emulate();
  const subscription = await subscribed(bench);
  const card = idOf(subscription.default_payment_method);
  await press(bench, `/cards/${card}`, { works: "no" });
  await press(bench, "/clock", { step: "month" });
  const [open] = (await bench.stripe.invoices.list({ limit: 1 })).data;
  const url = open?.hosted_invoice_url ?? "";
  const declined = await submitPage(url, { saved: "yes" });
  expect(declined.page).toContain("Nothing was charged.");
  const paid = await pay(url, "5555555555554444");
  expect(paid.page).toContain("The invoice is paid.");
  expect(paid.page).not.toContain("Pay this invoice");
  await pay(url, "5555555555554444").catch(() => undefined);
  const charges = await bench.stripe.charges.list();
  expect(charges.data.filter((one) => one.paid)).toHaveLength(2);
  expect(
    (await bench.stripe.subscriptions.retrieve(subscription.id)).status,
  ).toBe("active");
  const printed = await (await fetch(open?.invoice_pdf ?? "")).text();
  expect(printed).toContain("$29.00");
  expect(printed).not.toContain("<form");
});

test("an invoice that waits for the bank is confirmed from its own page", async () => {
  const bench = await emulate();
  const customer = await bench.stripe.customers.create({
    payment_method: "pm_card_authenticationRequired",
  });
  const product = await bench.stripe.products.create({ name: "Pro" });
  const price = await bench.stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 2900,
    recurring: { interval: "month" },
  });
  const [method] = (
    await bench.stripe.paymentMethods.list({ customer: customer.id })
  ).data;
  const { id } = await bench.stripe.subscriptions.create({
    customer: customer.id,
    default_payment_method: idOf(method),
    items: [{ price: price.id }],
  });
  const [invoice] = (await bench.stripe.invoices.list()).data;
  const url = invoice?.hosted_invoice_url ?? "";
  expect(await (await fetch(url)).text()).toContain("Confirm with your bank");
  const bank = await submitPage(`${url}/authenticate`);
  const back = await submitPage(bank.location, { answer: "complete" });
  expect(back.location).toContain(url);
  expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe("active");
});

test("an endpoint's secret is rolled by a button, and the old one goes on for a day", async () => {
  const bench = await emulate();
  const { id, secret } = await bench.stripe.webhookEndpoints.create({
    url: "http://127.0.0.1:1/hook",
    enabled_events: ["*"],
  });
  expect(await pageAt(bench, "/events")).toContain("Roll the secret");
  const { page } = await press(bench, `/endpoints/${id}/roll`);
  expect(page).toContain("valid for 24 more hours");
  expect(page).toContain("signed with 2 secrets");
  const shown = await pageAt(bench, `/objects/webhook_endpoint/${id}`);
  expect(shown).toContain("whsec_");
  expect(shown).not.toContain(secret);
  await bench.advance(86_400);
  expect(await pageAt(bench, "/events")).not.toContain("signed with");
});
