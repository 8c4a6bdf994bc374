import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepSums } from "@/lib/admin/metrics/keep-sums";
import { getMetrics } from "@/lib/admin/metrics/metrics";
import type { MetricsQuery } from "@/lib/admin/metrics/period";
import { after, days } from "@/lib/platform/time";
import { drain } from "@/lib/webhooks/drain";
import { day, planActs } from "@/tests/support/plan-acts";
import { mrrAstray } from "@/tests/support/mrr-astray";
import { refundActs } from "@/tests/support/refund-acts";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
let sam: Person;
let end: Date;

const plan = planActs(() => world);
const money = refundActs(() => world);

const cards = {
  poor: "4000000000009995", // declined: insufficient_funds
  disputed: "4000000000000259",
} as const;

/** A change made in Stripe's Dashboard, so that nothing is charged for it: from the next renewal on. */
async function move(person: Person, lookupKey: string) {
  const { id, items } = await plan.atStripe(person);
  const { data } = await world.stripe.prices.list({ lookup_keys: [lookupKey] });
  await world.stripe.subscriptions.update(id, {
    items: [{ id: items.data[0]?.id ?? "", price: data[0]?.id ?? "" }],
    proration_behavior: "none",
  });
  await world.delivered();
}

async function order(person: Person, ...tries: (string | undefined)[]) {
  const { url } = await world.open(person, { priceId: "onboarding_session" });
  for (const card of tries) await world.pay(url, card);
  await world.delivered();
}

async function stripesNow(): Promise<Date> {
  const { clock } = await world.control("state");
  return new Date(clock.now * 1000);
}

/**
 * Thirty-six days of a small shop. Pro costs 29.00 a month or 290.00 a year, Business 99.00 with a trial of fourteen
 * days, the onboarding session 149.00 once.
 */
async function story() {
  const [ada, bob, cyn] = [
    await world.person("Ada"),
    await world.person("Bob"),
    await world.person("Cyn"),
  ];
  const [dan, eve, fay] = [
    await world.person("Dan"),
    await world.person("Eve"),
    await world.person("Fay"),
  ];
  // Day 0, at noon: no day ends while this is told
  const { clock } = await world.control("state");
  await plan.pass((day + day / 2 - (clock.now % day)) % day);
  await world.buy(ada, "pro_monthly"); // 29.00
  await world.buy(bob, "pro_yearly"); // 290.00
  await world.buy(cyn, "business_monthly"); // on trial
  await world.buy(dan, "business_monthly"); // on trial
  await order(eve, cards.poor, undefined); // declined, then 149.00
  await order(fay, cards.disputed); // 149.00, claimed back
  const [paid] = await world.rows<{ id: string }>(
    "SELECT id FROM payment WHERE tenant_id = $1 AND status = 'succeeded'",
    [eve.tenantId],
  );
  const back = async (amount: number) => {
    const wish = { paymentId: paid?.id, amount };
    const given = await money.refund(sam, eve, wish);
    if (!given.ok) throw new Error(await given.text());
    await world.delivered();
  };
  await back(4900);
  await plan.pass(3 * day);
  await plan.act(dan, "cancel", { when: "now" });
  // Day 15: Cyn's trial has become Business, 99.00
  await plan.pass(12 * day);
  await move(ada, "business_monthly"); // 29.00 becomes 99.00
  await back(1000);
  await plan.pass(5 * day);
  await move(cyn, "pro_monthly"); // 99.00 becomes 29.00
  // Ada's renewal at 99.00 is declined, and paid half a day later, before Stripe tries again
  await plan.useCard(ada, "pm_card_chargeCustomerFail");
  await plan.renewal(ada);
  await plan.pass(day / 2);
  const method = await plan.useCard(ada, "pm_card_visa");
  const [open] = await plan.invoices(ada);
  await plan.pay(ada, open?.id ?? "", { paymentMethodId: method });
  await world.delivered();
  await plan.pass(day);
  await plan.act(ada, "cancel", { when: "now" });
  await plan.pass(day);
  await world.buy(ada, "pro_monthly"); // 29.00, again
  end = await stripesNow();
}

beforeAll(async () => {
  world = await startWorld();
  sam = await world.staff();
  await story();
}, 180_000);
afterAll(() => world.close());

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

/** One metric's series over a time that ends where the story does. */
async function read(key: string, period: MetricsQuery["period"] = "12m") {
  const { measured } = await getMetrics({ period, until: dayOf(end) });
  const found = measured.find(({ metric }) => metric.key === key);
  if (!found) throw new Error(`no metric ${key}`);
  return found.series;
}

/** What it comes to in one group: dollars, unless told. */
async function total(
  key: string,
  group = "usd",
  period?: MetricsQuery["period"],
) {
  const series = await read(key, period);
  return series.find((one) => one.group === group)?.total;
}

describe("what a second telling does", () => {
  it("is nothing: every event again, and every subscription fetched again", async () => {
    const ledger = () =>
      world.rows(
        "SELECT * FROM mrr_movement ORDER BY tenant_id, currency, number",
      );
    const [before, charges] = [await ledger(), await total("payments", "")];
    await world.rows(
      "UPDATE stripe_event SET state = 'pending', finished_at = NULL, lease_until = NULL, next_try_at = now() - interval '1 second'",
    );
    const waiting = async () => {
      await drain();
      return world.rows("SELECT FROM stripe_event WHERE finished_at IS NULL");
    };
    await expect.poll(waiting).toEqual([]);
    expect(await ledger()).toEqual(before);
    expect(await total("payments", "")).toEqual(charges);
  });

  it("keeps the ledger equal to what the subscriptions say, in each currency", async () => {
    expect(await mrrAstray(world)).toEqual([]);
  });
});

/** The story happened so long ago that all its days are over, and are kept. */
async function keepTheStory() {
  const ago = 40;
  for (const [table, ...moments] of [
    ["charge", "created_at"],
    ["refund", "created_at"],
    ["dispute", "created_at"],
    ["invoice", "paid_at"],
    ["subscription", "trial_end"],
    ["mrr_movement", "at"],
  ])
    await world.rows(
      `UPDATE ${table} SET ${moments.map((at) => `${at} = ${at} - make_interval(days => ${ago})`).join(", ")}`,
    );
  end = after(end, -days(ago));
  await keepSums(after(new Date(), days(1)));
  const [row] = await world.rows<{ count: number }>(
    "SELECT count(*)::int FROM metric_sum",
  );
  expect(row?.count).toBeGreaterThan(20);
}

describe.each([
  ["added up from all that happened", async () => {}],
  ["once its days are over and kept", keepTheStory],
])("the figures of a shop whose story is known, %s", (_, before) => {
  beforeAll(before);

  it("MRR: 29.00 + 24.17 + 99.00 new, 70.00 more, 70.00 less, 99.00 lost, 29.00 again: 82.17", async () => {
    expect(await total("mrr")).toEqual({
      opening: 0n,
      new: 2900n + 2417n + 9900n,
      reactivation: 2900n,
      expansion: 7000n,
      contraction: -7000n,
      churn: -9900n,
      closing: 8217n,
      lost: -16900n,
      churnRate: null,
    });
  });

  it("MRR over the last thirty days begins with Ada's and Bob's 53.17 and moves on Stripe's days", async () => {
    expect(await total("mrr", "usd", "30d")).toMatchObject({
      opening: 2900n + 2417n,
      new: 9900n,
      closing: 8217n,
      churnRate: 16900 / 5317,
    });
    const [usd] = await read("mrr", "30d");
    const moved = usd?.steps.flatMap(({ at, values }) =>
      Object.entries(values)
        .filter(([key, value]) => value !== 0n && !key.endsWith("ing"))
        .map(([key]) => [key, Math.round((+end - +at) / days(1))] as const),
    );
    const ago = new Map(moved);
    // Cyn's trial ended on day 14, Ada grew on day 15, Cyn shrank on day 20, and so on.
    expect((ago.get("new") ?? 0) - (ago.get("contraction") ?? 0)).toBe(6);
    expect((ago.get("expansion") ?? 0) - (ago.get("contraction") ?? 0)).toBe(5);
    expect((ago.get("churn") ?? 0) - (ago.get("reactivation") ?? 0)).toBe(1);
    for (const [index, { values }] of usd?.steps.entries() ?? [])
      expect(values["opening"]).toBe(
        usd?.steps[index - 1]?.values["closing"] ?? 2900n + 2417n,
      );
  });

  it("paying workspaces: four won, one lost; ARPA is 82.17 by three", async () => {
    expect(await total("payers")).toMatchObject({
      opening: 0n,
      won: 4n,
      lost: -1n,
      closing: 3n,
      mrr: 8217n,
      arpa: 2739n,
      churnRate: null,
    });
    expect(await total("payers", "usd", "30d")).toMatchObject({
      opening: 2n,
      won: 2n,
      lost: -1n,
      churnRate: 1 / 2,
    });
  });

  it("revenue: 844.00 came, 59.00 was given back, 149.00 claimed back: 636.00", async () => {
    expect(await total("revenue")).toEqual({
      gross: 2900n + 29000n + 9900n + 14900n + 14900n + 9900n + 2900n,
      refunded: -5900n,
      disputed: -14900n,
      net: 63600n,
    });
  });

  it("payments: seven succeeded, two failed, each for its reason", async () => {
    expect(await total("payments", "")).toEqual({
      succeeded: 7n,
      failed: 2n,
      attempts: 9n,
      successRate: 7 / 9,
      failureRate: 2 / 9,
    });
    const reasons = await read("failures");
    expect(
      reasons.map(({ group, total: { failed } }) => [group, failed]),
    ).toEqual(
      expect.arrayContaining([
        ["insufficient_funds", 1n],
        ["generic_decline", 1n],
      ]),
    );
  });

  it("one of seven payments was refunded, in two parts, and one disputed", async () => {
    expect(await total("refunds", "")).toEqual({
      paid: 7n,
      refunded: 1n,
      refundRate: 1 / 7,
    });
    // The second part of it is within the last thirty days, the first is not.
    expect(await total("refunds", "", "30d")).toMatchObject({ refunded: 0n });
    expect(await total("disputes", "")).toEqual({
      paid: 7n,
      disputed: 1n,
      disputeRate: 1 / 7,
    });
  });

  it("of two trials one converted, and 99.00 was recovered", async () => {
    expect(await total("trials", "")).toEqual({
      converted: 1n,
      unpaid: 1n,
      ended: 2n,
      conversion: 1 / 2,
    });
    expect(await total("recovered")).toEqual({
      recovered: 9900n,
      invoices: 1n,
    });
  });

  it("every webhook was delivered and worked on at once", async () => {
    const [row] = await world.rows<{ count: string }>(
      "SELECT count(*) FROM stripe_event",
    );
    const all = BigInt(row?.count ?? 0);
    const { measured } = await getMetrics({ period: "12w" });
    const found = measured.find(({ metric }) => metric.key === "webhooks");
    expect(found?.series[0]?.total).toMatchObject({
      delivered: all,
      missed: 0n,
      deliveryRate: 1,
      clean: all,
      cleanRate: 1,
      dead: 0n,
    });
  });

  it("a time before the story has nothing, and divides by nothing", async () => {
    const { measured } = await getMetrics({
      period: "12m",
      until: "2001-05-31",
    });
    for (const { metric, series } of measured)
      expect([metric.key, series.length]).toEqual([
        metric.key,
        metric.by ? 0 : 1,
      ]);
    const rates = measured.flatMap(({ metric, series }) =>
      metric.figures
        .filter((figure) => "ratio" in figure)
        .flatMap(({ key }) => series.map(({ total: all }) => all[key])),
    );
    expect(new Set(rates)).toEqual(new Set([null]));
  });
});
