import type { Page } from "@playwright/test";
import { expect } from "../support/browser";
import {
  choosePlan,
  expectAccessible,
  expectHeading,
  leavePortal,
  newPerson,
  openPortal,
  openTab,
  pay,
  signUp,
} from "./acts";
import { customerOf, subscriptionOf } from "./billing-acts";
import { control, delivered, ownStack, stripe, test } from "./own-stack";

test.describe.configure({ mode: "serial" });

type Life = {
  /** The app, and the emulator's dashboard beside it. */
  page: Page;
  desk: Page;
  email: string;
};

/** Presses a button of the dashboard, and waits until the app has heard of all that it brought. */
async function click(life: Life, name: string | RegExp, said: RegExp) {
  await life.desk.goto(ownStack().shared.emulatorUrl);
  await life.desk.getByRole("button", { name }).first().click();
  await expect(life.desk.getByRole("status")).toContainText(said);
  await delivered();
}

const nextMonth = (life: Life) => click(life, "Next month", /happened/);

async function expectPlan({ page }: Life, ...words: (string | RegExp)[]) {
  await page.reload();
  await openTab(page, "Billing");
  const plan = page.getByRole("region", { name: "Your plan" });
  for (const word of words) await expect(plan).toContainText(word);
}

async function expectNewestInvoice({ page }: Life, ...words: string[]) {
  const row = page
    .getByRole("table", { name: "Invoices" })
    .getByRole("row")
    .nth(1);
  for (const word of words) await expect(row).toContainText(word);
}

/** In the portal, at once: what is unused comes back, and the rest of the dearer month is due. */
async function upgrade(life: Life) {
  const { page } = life;
  await openPortal(page);
  await page.getByRole("link", { name: "Change plan" }).click();
  await page.getByRole("radio", { name: "Business $99.00 per month" }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Confirm" }).click();
  await leavePortal(page);
  const { items } = await subscriptionOf(life);
  const newest = { customer: await customerOf(life), limit: 1 };
  const [bill] = (await stripe().invoices.list(newest)).data;
  const lines = bill?.lines.data ?? [];
  const [credit] = lines;
  const [item] = items.data;
  const begun = item?.current_period_start ?? 0;
  const end = item?.current_period_end ?? 0;
  const left = (end - (credit?.period.start ?? 0)) / (end - begun);
  const [unused, rest] = [Math.round(2900 * left), Math.round(9900 * left)];
  expect(lines.map(({ amount }) => amount)).toEqual([-unused, rest]);
  return `$${((rest - unused) / 100).toFixed(2)}`;
}

/** Planned for the end of the period, as staff do it in the Dashboard. */
async function scheduleDowngrade(life: Life) {
  const { id, items } = await subscriptionOf(life);
  const [pro] = (await stripe().prices.list({ lookup_keys: ["pro_monthly"] }))
    .data;
  const plan = await stripe().subscriptionSchedules.create({
    from_subscription: id,
  });
  const [now] = plan.phases;
  await stripe().subscriptionSchedules.update(plan.id, {
    phases: [
      {
        start_date: now?.start_date ?? 0,
        end_date: now?.end_date ?? 0,
        items: [{ price: items.data[0]?.price.id ?? "", quantity: 1 }],
      },
      { items: [{ price: pro?.id ?? "", quantity: 1 }] },
    ],
  });
}

async function cancel({ page }: Life) {
  await openPortal(page);
  await page.getByRole("link", { name: "Cancel subscription" }).click();
  await page.getByRole("button", { name: "Cancel subscription" }).click();
  await leavePortal(page);
}

async function liveThroughAYear(life: Life) {
  const { desk, page } = life;
  await choosePlan(page, "Pro");
  await pay(page);
  await expectHeading(page, "You are on Pro.");
  await page.getByRole("link", { name: "Plan and invoices" }).click();

  await nextMonth(life);
  await expectPlan(life, "Pro", "Active");
  await expectNewestInvoice(life, "Paid", "$29.00");

  await click(life, /^Let the card fail/, /declined from now on/);
  await nextMonth(life);
  await expectPlan(life, "Pro", /past due/i);
  await expectNewestInvoice(life, "$29.00");
  await click(life, "To the next event", /happened/);
  expect((await subscriptionOf(life)).status).toBe("past_due");
  await click(life, /^Let the card work/, /works again/);
  await click(life, "To the next event", /happened/);
  await expectPlan(life, "Pro", "Active");

  const due = await upgrade(life);
  await expectPlan(life, "Business", "Active");
  await expectNewestInvoice(life, "Paid", due);

  await scheduleDowngrade(life);
  await nextMonth(life);
  await expectPlan(life, "Pro", "$29.00");

  await click(life, /^Refund \$29\.00/, /is refunded/);
  for (const outcome of ["Win", "Lose"]) {
    await nextMonth(life);
    await click(life, /^Dispute \$29\.00/, /is disputed/);
    await click(life, new RegExp(`^${outcome} the dispute`), /dispute is/);
  }
  const disputes = await stripe().disputes.list();
  const closed = disputes.data.map(({ status }) => status);
  expect(closed.slice(0, 2)).toEqual(["lost", "won"]);
  await desk.goto(ownStack().shared.emulatorUrl);
  await expectAccessible(desk);

  await expectPlan(life, "Pro", "Active");
  await cancel(life);
  await expectPlan(life, "Pro", /ends on/i);
  await nextMonth(life);
  await expectPlan(life, "Free");
  await expect(page.getByRole("button", { name: "Choose Pro" })).toBeVisible();
}

/** Everybody begins as somebody new, beside the dashboard. */
async function begin(page: Page): Promise<Life> {
  const person = newPerson();
  await signUp(page, person);
  await openTab(page, "Billing");
  const desk = await page.context().newPage();
  return { page, desk, email: person.email };
}

test("a year by clicking: bought, renewed, failed, recovered, upgraded, lowered, refunded, disputed, cancelled", async ({
  page,
}) => {
  test.slow();
  await liveThroughAYear(await begin(page));
});

test("the same year while webhooks come twice and in the wrong order", async ({
  page,
}) => {
  test.slow();
  const life = await begin(page);
  for (const type of ["customer.subscription.updated", "invoice.paid"])
    await control("event-faults", { act: "duplicate", type, count: 999 });
  await control("event-faults", { act: "reorder", count: 999, seed: 7 });
  await liveThroughAYear(life);
});
