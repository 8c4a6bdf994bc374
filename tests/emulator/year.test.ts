import { expect, test } from "vitest";
import {
  DAY,
  HOUR,
  beginOn,
  customerWithCard,
  itemOf,
  latestInvoice,
  moveTo,
  replaceCard,
} from "./life";
import { emulate, idOf, recurringPrice, type Bench } from "./support";

type Life = { bench: Bench; customer: string; id: string };

const now = ({ bench, id }: Life) => bench.stripe.subscriptions.retrieve(id);

async function nextMonth(life: Life): Promise<void> {
  const item = itemOf(await now(life));
  await moveTo(life.bench, item.current_period_end + HOUR);
}

async function letCardFail(life: Life): Promise<void> {
  const { bench, customer } = life;
  await replaceCard(bench.stripe, customer, "pm_card_chargeCustomerFail");
}

async function scheduleDowngrade(life: Life, price: string): Promise<void> {
  const { subscriptionSchedules } = life.bench.stripe;
  const made = await subscriptionSchedules.create({
    from_subscription: life.id,
  });
  const [phase] = made.phases;
  const item = itemOf(await now(life));
  await subscriptionSchedules.update(made.id, {
    phases: [
      {
        start_date: phase?.start_date ?? 0,
        end_date: phase?.end_date ?? 0,
        items: [{ price: item.price.id, quantity: item.quantity ?? 1 }],
      },
      { items: [{ price, quantity: 1 }] },
    ],
  });
}

test("a year: bought, renewed, failed, dunned, recovered, upgraded, lowered, canceled", async () => {
  const bench = await emulate();
  await beginOn(bench, "2027-01-31T12:00:00Z");
  const pro = await recurringPrice(bench, { unit_amount: 2900 });
  const business = await recurringPrice(bench, { unit_amount: 9900 });
  const customer = await customerWithCard(bench);
  const bought = await bench.stripe.subscriptions.create({
    customer,
    items: [{ price: pro.id }],
  });
  const life = { bench, customer, id: bought.id };
  expect(bought.status).toBe("active");

  await nextMonth(life);
  expect(await latestInvoice(bench, life.id)).toMatchObject({
    status: "paid",
    amount_paid: 2900,
  });

  await letCardFail(life);
  await nextMonth(life);
  expect((await now(life)).status).toBe("past_due");
  await bench.advance(5 * DAY);
  const owed = await latestInvoice(bench, life.id);
  expect(owed).toMatchObject({ status: "open", attempt_count: 4 });

  await replaceCard(bench.stripe, customer, "pm_card_visa");
  await bench.stripe.invoices.pay(owed.id);
  expect((await now(life)).status).toBe("active");

  const item = itemOf(await now(life));
  const middle = (item.current_period_start + item.current_period_end) / 2;
  await moveTo(bench, middle);
  const upgrade = {
    items: [{ id: item.id, price: business.id }],
    proration_behavior: "always_invoice" as const,
    proration_date: middle,
  };
  const preview = await bench.stripe.invoices.createPreview({
    subscription: life.id,
    subscription_details: upgrade,
  });
  await bench.stripe.subscriptions.update(life.id, upgrade);
  const paid = await latestInvoice(bench, life.id);
  expect(paid.lines.data.map(({ amount }) => amount)).toEqual([-1450, 4950]);
  expect(paid).toMatchObject({ total: 3500, amount_paid: preview.amount_due });

  await nextMonth(life);
  expect((await latestInvoice(bench, life.id)).amount_paid).toBe(9900);
  await scheduleDowngrade(life, pro.id);
  await nextMonth(life);
  expect((await latestInvoice(bench, life.id)).amount_paid).toBe(2900);

  const end_of_term = { cancel_at_period_end: true };
  const { schedule } = await bench.stripe.subscriptions.retrieve(life.id, {
    expand: ["schedule"],
  });
  expect(schedule).toMatchObject({ status: "active", subscription: life.id });
  await expect(
    bench.stripe.subscriptions.update(life.id, end_of_term),
  ).rejects.toMatchObject({ statusCode: 400 });
  await bench.stripe.subscriptionSchedules.release(idOf(schedule));
  await bench.stripe.subscriptions.update(life.id, end_of_term);
  await bench.advance(300 * DAY);
  const ended = await now(life);
  expect(ended.status).toBe("canceled");
  const end = new Date((ended.ended_at ?? 0) * 1000).toISOString();
  expect(end.slice(0, 10)).toBe("2027-06-30");
  const { data } = await bench.stripe.invoices.list({
    subscription: life.id,
    limit: 100,
  });
  expect(data.map(({ amount_paid }) => amount_paid).toReversed()).toEqual([
    2900, 2900, 2900, 3500, 9900, 2900,
  ]);
  expect(data.every(({ status }) => status === "paid")).toBe(true);
  const charges = await bench.stripe.charges.list({ customer, limit: 100 });
  const taken = charges.data.filter(({ paid: ok }) => ok);
  expect(taken.reduce((sum, { amount }) => sum + amount, 0)).toBe(25_000);
  expect(charges.data.length - taken.length).toBe(4);
});
