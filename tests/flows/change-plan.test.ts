import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { quoteChange, requireChoice } from "@/lib/billing/change-quote";
import { getBillingOverview } from "@/lib/billing/overview";
import { requireOwnSubscription } from "@/lib/billing/own-subscription";
import { day, planActs, refusalOf, toldOf } from "@/tests/support/plan-acts";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
// Time moves for everybody: who is done is forgotten, so that nobody else's renewals are waited for.
beforeEach(() => world.control("reset", {}));

const plan = planActs(() => world);
const update = "POST /v1/subscriptions/:id";

describe("an upgrade", () => {
  it("72: charges what its preview has shown, to the cent, and renews as it said", async () => {
    const ada = await plan.subscriber();
    await plan.pass(9 * day + 12_345);
    const shown = await plan.quote(ada, "business_monthly");
    expect(shown).toMatchObject({ when: "now", credit: "0" });
    const sum = shown.lines.reduce(
      (left, { amount }) => left + Number(amount),
      0,
    );
    expect(shown.due).toBe(String(sum));
    await plan.pass(20 * 60); // it is read before it is confirmed
    const answer = await plan.confirm(ada, "business_monthly", shown);
    expect(await toldOf(answer)).toEqual([200, "changed"]);
    const [bill] = await plan.invoices(ada);
    expect(bill).toMatchObject({
      status: "paid",
      amount_paid: Number(shown.due),
    });
    expect(await plan.planOf(ada)).toBe("business");
    expect(await plan.audit(ada)).toEqual(["plan.changed"]);
    await plan.renewal(ada);
    const [renewal] = await plan.invoices(ada);
    expect(String(renewal?.amount_paid)).toBe(shown.next.amount);
    const { items } = await plan.atStripe(ada);
    const begun = items.data[0]?.current_period_start ?? 0;
    expect(new Date(begun * 1000).toISOString()).toBe(shown.next.at);
  });

  it("from monthly to yearly pays the difference now and keeps its day", async () => {
    const ada = await plan.subscriber();
    await plan.pass(day);
    const shown = await plan.quote(ada, "pro_yearly");
    await plan.confirm(ada, "pro_yearly", shown);
    const [bill] = await plan.invoices(ada);
    expect(String(bill?.amount_paid)).toBe(shown.due);
    const { subscriptions } = await getBillingOverview(ada);
    expect(subscriptions[0]).toMatchObject({ interval: "year" });
  });

  it("70, 71: that is not paid grants nothing, and happens once it is", async () => {
    const ada = await plan.subscriber();
    await plan.useCard(ada, "pm_card_chargeCustomerFail");
    const answer = await plan.change(ada, "business_monthly");
    const body = (await answer.json()) as {
      invoiceId: string;
      location: string;
    };
    expect(body).toMatchObject({ state: "payment_needed" });
    expect(body.location).toBe(`/t/${ada.slug}/billing/pay/${body.invoiceId}`);
    expect(await plan.planOf(ada)).toBe("pro");
    const { subscriptions } = await getBillingOverview(ada);
    expect(subscriptions[0]).toMatchObject({
      status: "active",
      pendingChange: { invoiceId: body.invoiceId, names: ["Business"] },
    });
    const declined = await plan.pay(ada, body.invoiceId);
    expect(await refusalOf(declined)).toEqual([402, "card_declined"]);
    await plan.useCard(ada, "pm_card_visa");
    const paid = await plan.pay(ada, body.invoiceId);
    expect(await toldOf(paid)).toEqual([200, "paid"]);
    expect(await plan.planOf(ada)).toBe("business");
  });

  it("that nobody pays for is dropped after a day, and the plan goes on", async () => {
    const ada = await plan.subscriber();
    await plan.useCard(ada, "pm_card_chargeCustomerFail");
    await plan.change(ada, "business_monthly");
    await plan.pass(day);
    const { subscriptions, openInvoices } = await getBillingOverview(ada);
    expect(subscriptions[0]).toMatchObject({
      planName: "Pro",
      pendingChange: null,
    });
    expect(openInvoices).toEqual([]);
  });

  it("that is not paid can be called off: its invoice is void", async () => {
    const ada = await plan.subscriber();
    await plan.useCard(ada, "pm_card_chargeCustomerFail");
    await plan.change(ada, "business_monthly");
    expect(await refusalOf(await plan.try(ada, "pro_yearly"))).toEqual([
      409,
      "change_waiting",
    ]);
    const undone = await plan.act(ada, "undo-change");
    expect(await toldOf(undone)).toEqual([200, "undone"]);
    const [bill] = await plan.invoices(ada);
    expect(bill?.status).toBe("void");
    const again = await plan.act(ada, "undo-change");
    expect(await refusalOf(again)).toEqual([409, "nothing_to_undo"]);
    await plan.useCard(ada, "pm_card_visa");
    expect(await toldOf(await plan.try(ada, "business_monthly"))).toEqual([
      200,
      "changed",
    ]);
  });

  it("with a card whose bank asks first waits for its owner", async () => {
    const ada = await plan.subscriber();
    await plan.useCard(ada, "pm_card_authenticationRequired");
    const answer = await plan.change(ada, "business_monthly");
    const { invoiceId } = (await answer.json()) as { invoiceId: string };
    expect(await plan.planOf(ada)).toBe("pro");
    const asked = await plan.pay(ada, invoiceId);
    expect(await toldOf(asked)).toEqual([200, "confirm"]);
    const { openInvoices } = await getBillingOverview(ada);
    expect(openInvoices).toMatchObject([
      { id: invoiceId, actionRequired: true },
    ]);
  });

  it("on trial is free, and so is a lower plan: nothing is paid yet", async () => {
    const ada = await trial("business_monthly");
    const shown = await plan.quote(ada, "pro_monthly");
    expect(shown).toMatchObject({ when: "now", due: "0", lines: [] });
    expect(shown.next.amount).toBe("2900");
    const before = (await plan.invoices(ada)).length;
    const answer = await plan.confirm(ada, "pro_monthly", shown);
    expect(await toldOf(answer)).toEqual([200, "changed"]);
    expect(await plan.invoices(ada)).toHaveLength(before);
    expect(await plan.atStripe(ada)).toMatchObject({ status: "trialing" });
    expect(await plan.planOf(ada)).toBe("pro");
  });
});

async function trial(priceId: string): Promise<Person> {
  const person = await plan.subscriber();
  await world.stripe.subscriptions.cancel(await plan.idOf(person));
  const customer = await plan.customerOf(person);
  const { data } = await world.stripe.prices.list({ lookup_keys: [priceId] });
  await world.stripe.subscriptions.create({
    customer,
    items: [{ price: data[0]?.id ?? "" }],
    trial_period_days: 14,
  });
  await world.delivered();
  await world.rows(
    "UPDATE subscription SET created_at = created_at - interval '1 day' WHERE tenant_id = $1 AND status = 'canceled'",
    [person.tenantId],
  );
  return person;
}

describe("a preview that is no longer true", () => {
  it("is refused and nothing is charged; the new one is not", async () => {
    const ada = await plan.subscriber();
    const shown = await plan.quote(ada, "business_monthly");
    const customer = await plan.customerOf(ada);
    await world.stripe.customers.createBalanceTransaction(customer, {
      amount: -1000,
      currency: "usd",
    });
    const before = await world.executed(update);
    const answer = await plan.confirm(ada, "business_monthly", shown);
    expect(await refusalOf(answer)).toEqual([409, "preview_stale"]);
    expect(await world.executed(update)).toBe(before);
    const anew = await plan.quote(ada, "business_monthly");
    expect(Number(shown.due) - Number(anew.due)).toBeGreaterThanOrEqual(1000);
    expect(
      await toldOf(await plan.confirm(ada, "business_monthly", anew)),
    ).toEqual([200, "changed"]);
  });

  it("is refused after an hour, and for a moment to come, which would be cheaper", async () => {
    const ada = await plan.subscriber();
    const shown = await plan.quote(ada, "business_monthly");
    await plan.pass(3601);
    const late = await plan.confirm(ada, "business_monthly", shown);
    expect(await refusalOf(late)).toEqual([409, "preview_stale"]);
    const own = await requireOwnSubscription(ada, undefined);
    const choice = await requireChoice(own, "business_monthly");
    const soon = (shown.prorationDate ?? 0) + 20 * day;
    const forged = await quoteChange(own, choice, soon);
    expect(forged.due.amount).toBeLessThan(BigInt(shown.due));
    const cheap = await plan.confirm(ada, "business_monthly", {
      quote: forged.token,
      prorationDate: soon,
    });
    expect(await refusalOf(cheap)).toEqual([409, "preview_stale"]);
  });
});

describe("what may not be changed", () => {
  it.each([
    ["the plan one has", "pro_monthly", 409, "same_price"],
    ["a price that is none", "enterprise", 422, "unknown_price"],
    ["what is bought once", "onboarding_session", 422, "change_not_offered"],
  ])("to %s is refused", async (_, priceId, status, code) => {
    const ada = await plan.subscriber();
    const answer = await plan.preview(ada, await plan.idOf(ada), priceId);
    expect(await refusalOf(answer)).toEqual([status, code]);
  });

  it("a plan that ends, or whose payment failed, is refused in words", async () => {
    const ada = await plan.subscriber();
    await plan.act(ada, "cancel");
    expect(await refusalOf(await plan.try(ada, "business_monthly"))).toEqual([
      409,
      "plan_ending",
    ]);
    const bob = await plan.subscriber();
    await plan.useCard(bob, "pm_card_chargeCustomerFail");
    await plan.renewal(bob);
    expect(await refusalOf(await plan.try(bob, "business_monthly"))).toEqual([
      409,
      "plan_not_running",
    ]);
  });

  it("another workspace's plan is not there, and a member may not", async () => {
    const [ada, bob] = [await plan.subscriber(), await plan.subscriber()];
    const others = await plan.idOf(bob);
    const strange = await plan.preview(ada, others, "business_monthly");
    expect(await refusalOf(strange)).toEqual([404, "not_found"]);
    const taken = await plan.act(ada, "cancel", { id: others });
    expect(await refusalOf(taken)).toEqual([404, "not_found"]);
    const eve = await world.join(ada, await world.person("Eve"), "member");
    const refused = await plan.act(eve, "cancel");
    expect(await refusalOf(refused)).toEqual([403, "forbidden"]);
  });

  it("63: a plan that has ended meanwhile says so, and our row knows", async () => {
    const ada = await plan.subscriber();
    const shown = await plan.quote(ada, "business_monthly");
    await world.control("webhooks", { paused: true });
    await world.stripe.subscriptions.cancel(await plan.idOf(ada));
    const answer = await plan.confirm(ada, "business_monthly", shown);
    expect(await refusalOf(answer)).toEqual([409, "subscription_ended"]);
    expect(await plan.planOf(ada)).toBe("free");
    await world.open(ada); // and a new plan can be bought
    await world.control("webhooks", { paused: false });
    await world.delivered();
  });
});

describe("the same wish", () => {
  it("needs a name, and is done once however often it is sent", async () => {
    const ada = await plan.subscriber();
    const shown = await plan.quote(ada, "business_monthly");
    const before = await world.executed(update);
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        plan.confirm(ada, "business_monthly", shown, "one click"),
      ),
    );
    answers.push(
      await plan.confirm(ada, "business_monthly", shown, "one click"),
    );
    for (const answer of answers)
      expect(await toldOf(answer)).toEqual([200, "changed"]);
    expect((await world.executed(update)) - before).toBe(1);
    expect(await plan.audit(ada)).toEqual(["plan.changed"]);
    const other = await plan.confirm(ada, "pro_yearly", shown, "one click");
    expect(await refusalOf(other)).toEqual([422, "idempotency_mismatch"]);
    const nameless = await plan.confirm(ada, "pro_yearly", shown, "");
    expect(nameless.status).toBe(422);
  });

  it("48: whose answer was lost goes on where it stopped, with one charge", async () => {
    const ada = await plan.subscriber();
    const shown = await plan.quote(ada, "business_monthly");
    const id = await plan.idOf(ada);
    await world.loseAnswer(`/v1/subscriptions/${id}`);
    const lost = await plan.confirm(ada, "business_monthly", shown, "lost");
    expect(await refusalOf(lost)).toEqual([503, "outcome_unknown"]);
    await world.delivered();
    const found = await plan.confirm(ada, "business_monthly", shown, "lost");
    expect(await toldOf(found)).toEqual([200, "changed"]);
    const paid = (await plan.invoices(ada)).filter(
      ({ billing_reason }) => billing_reason === "subscription_update",
    );
    expect(paid).toHaveLength(1);
  });
});

describe("two owners in two tabs", () => {
  it("pay for one upgrade: the second has to look again", async () => {
    const ada = await plan.subscriber();
    const bob = await world.join(ada, await world.person("Bob"), "owner");
    const [hers, his] = [
      await plan.quote(ada, "business_monthly"),
      await plan.quote(bob, "pro_yearly"),
    ];
    const answers = await Promise.all([
      plan.confirm(ada, "business_monthly", hers),
      plan.confirm(bob, "pro_yearly", his),
    ]);
    const states = answers.map(({ status }) => status);
    expect(new Set(states)).toEqual(new Set([200, 409]));
    const refused = answers.find(({ status }) => status === 409);
    if (!refused) throw new Error("both were done");
    const [, code] = await refusalOf(refused);
    expect(["change_in_progress", "preview_stale"]).toContain(code);
    const paid = (await plan.invoices(ada)).filter(
      ({ billing_reason }) => billing_reason === "subscription_update",
    );
    expect(paid).toHaveLength(1);
  });
});
