import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getBillingOverview } from "@/lib/billing/overview";
import { day, planActs, refusalOf, toldOf } from "@/tests/support/plan-acts";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.control("reset", {}));

const plan = planActs(() => world);

describe("cancelling", () => {
  it("at the end keeps the plan until then, with the reason told to Stripe", async () => {
    const ada = await plan.subscriber();
    const cancelled = await plan.act(ada, "cancel", {
      feedback: "too_expensive",
      comment: "We are three people.",
    });
    expect(await toldOf(cancelled)).toEqual([200, "ending"]);
    const { cancellation_details } = await plan.atStripe(ada);
    expect(cancellation_details).toMatchObject({
      feedback: "too_expensive",
      comment: "We are three people.",
      reason: "cancellation_requested",
    });
    expect(await plan.planOf(ada)).toBe("pro");
    const again = await plan.act(ada, "cancel");
    expect(await refusalOf(again)).toEqual([409, "plan_ending"]);
    await plan.renewal(ada);
    expect(await plan.planOf(ada)).toBe("free");
    expect(await plan.invoices(ada)).toHaveLength(1);
  });

  it("75: at once leaves nothing that could be charged later", async () => {
    const ada = await plan.subscriber();
    await plan.useCard(ada, "pm_card_chargeCustomerFail");
    await plan.renewal(ada);
    const [open] = (await getBillingOverview(ada)).openInvoices;
    expect(open).toBeDefined();
    const cancelled = await plan.act(ada, "cancel", { when: "now" });
    expect(await toldOf(cancelled)).toEqual([200, "ended"]);
    const left = await getBillingOverview(ada);
    expect(left.openInvoices).toEqual([]);
    expect(left.subscriptions).toEqual([]);
    const { status } = await world.stripe.invoices.retrieve(open?.id ?? "");
    expect(status).toBe("void");
  });

  it("76: keeps the row of what has ended", async () => {
    const ada = await plan.subscriber();
    await plan.act(ada, "cancel", { when: "now" });
    const rows = await world.rows(
      "SELECT status, ended_at IS NOT NULL AS ended FROM subscription WHERE tenant_id = $1",
      [ada.tenantId],
    );
    expect(rows).toEqual([{ status: "canceled", ended: true }]);
  });

  it("with a reason that is none is refused", async () => {
    const ada = await plan.subscriber();
    const odd = await plan.act(ada, "cancel", { feedback: "bored" });
    expect(await refusalOf(odd)).toEqual([422, "validation"]);
  });

  it("is done once for one click, also when its answer is lost", async () => {
    const ada = await plan.subscriber();
    await world.loseAnswer(`/v1/subscriptions/${await plan.idOf(ada)}`);
    const lost = await plan.act(ada, "cancel", { requestKey: "click" });
    expect(await refusalOf(lost)).toEqual([503, "outcome_unknown"]);
    const found = await plan.act(ada, "cancel", { requestKey: "click" });
    expect(await toldOf(found)).toEqual([200, "ending"]);
    expect(await plan.audit(ada)).toEqual(["plan.cancelled"]);
  });
});

describe("resuming", () => {
  it.each([
    ["the boolean, as our pages set it", { cancel_at_period_end: true }],
    ["the date alone, as the portal sets it", { cancel_at: "max_period_end" }],
  ] as const)("60, 61: takes back an end by %s", async (_, ending) => {
    const ada = await plan.subscriber();
    const id = await plan.idOf(ada);
    await world.stripe.subscriptions.update(id, ending);
    await world.delivered();
    const { subscriptions } = await getBillingOverview(ada);
    expect(subscriptions[0]?.endsAt).not.toBeNull();
    const resumed = await plan.act(ada, "resume");
    expect(await toldOf(resumed)).toEqual([200, "running"]);
    expect(await plan.atStripe(ada)).toMatchObject({
      cancel_at: null,
      cancel_at_period_end: false,
    });
    const again = await plan.act(ada, "resume");
    expect(await refusalOf(again)).toEqual([409, "nothing_to_resume"]);
  });

  it("62: leaves a trial and the day of renewal as they are", async () => {
    const ada = await plan.subscriber();
    await plan.pass(3 * day);
    const before = await plan.atStripe(ada);
    await plan.act(ada, "cancel");
    await plan.act(ada, "resume");
    const after = await plan.atStripe(ada);
    expect(after.billing_cycle_anchor).toBe(before.billing_cycle_anchor);
    expect(await plan.invoices(ada)).toHaveLength(1);
  });

  it("65: starts to collect invoices again", async () => {
    const ada = await plan.subscriber();
    await world.stripe.subscriptions.update(await plan.idOf(ada), {
      pause_collection: { behavior: "void" },
    });
    await world.delivered();
    const { subscriptions } = await getBillingOverview(ada);
    expect(subscriptions[0]?.collectionPaused).toEqual({ resumesAt: null });
    expect(await toldOf(await plan.act(ada, "resume"))).toEqual([
      200,
      "running",
    ]);
    expect((await plan.atStripe(ada)).pause_collection).toBeNull();
  });
});

describe("a pause", () => {
  it("65: stops access and charges; resuming begins a new period, less what was unused", async () => {
    const ada = await plan.subscriber();
    await plan.pass(10 * day);
    expect(await toldOf(await plan.act(ada, "pause"))).toEqual([200, "paused"]);
    expect(await plan.planOf(ada)).toBe("free");
    const again = await plan.act(ada, "pause");
    expect(await refusalOf(again)).toEqual([409, "plan_not_running"]);
    await plan.pass(60 * day);
    expect(await plan.invoices(ada)).toHaveLength(1);
    expect(await toldOf(await plan.act(ada, "resume"))).toEqual([
      200,
      "running",
    ]);
    expect(await plan.planOf(ada)).toBe("pro");
    const [bill] = await plan.invoices(ada);
    expect(bill?.lines.data).toHaveLength(2);
    expect(bill?.amount_paid).toBeLessThan(1100);
    expect(bill?.status).toBe("paid");
  });

  it("whose card fails stays one until the invoice is paid", async () => {
    const ada = await plan.subscriber();
    await plan.act(ada, "pause");
    await plan.pass(day);
    await world.stripe.subscriptions.update(await plan.idOf(ada), {
      default_payment_method: await plan.useCard(
        ada,
        "pm_card_chargeCustomerFail",
      ),
    });
    const [credit] = (await world.stripe.invoiceItems.list({ pending: true }))
      .data;
    await world.stripe.invoiceItems.del(credit?.id ?? "");
    const resumed = await plan.act(ada, "resume");
    const body = (await resumed.json()) as { state: string; invoiceId: string };
    expect(body.state).toBe("payment_needed");
    expect(await plan.planOf(ada)).toBe("free");
    const declined = await plan.pay(ada, body.invoiceId);
    expect(await refusalOf(declined)).toEqual([402, "card_declined"]);
    await plan.useCard(ada, "pm_card_visa");
    expect(await toldOf(await plan.pay(ada, body.invoiceId))).toEqual([
      200,
      "paid",
    ]);
    expect(await plan.planOf(ada)).toBe("pro");
  });
});

describe("a trial", () => {
  async function onTrial(given: { card: boolean }) {
    const ada = await world.person();
    await world.buy(ada, given.card ? "pro_monthly" : "onboarding_session");
    const [customer] = await world.rows<{ id: string }>(
      "SELECT id FROM customer WHERE tenant_id = $1",
      [ada.tenantId],
    );
    const saved = given.card
      ? await plan.useCard(ada, "pm_card_visa")
      : undefined;
    if (given.card) await plan.act(ada, "cancel", { when: "now" });
    const { data } = await world.stripe.prices.list({
      lookup_keys: ["pro_monthly"],
    });
    const made = await world.stripe.subscriptions.create({
      customer: customer?.id ?? "",
      items: [{ price: data[0]?.id ?? "" }],
      trial_period_days: 14,
      ...(saved && { default_payment_method: saved }),
      trial_settings: { end_behavior: { missing_payment_method: "pause" } },
    });
    await world.delivered();
    return { ada, id: made.id };
  }

  it("ends when its owner says so, and is paid then", async () => {
    const { ada, id } = await onTrial({ card: true });
    const ended = await plan.act(ada, "end-trial", { id });
    expect(await toldOf(ended)).toEqual([200, "running"]);
    expect((await plan.invoices(ada))[0]).toMatchObject({
      status: "paid",
      amount_paid: 2900,
    });
    const again = await plan.act(ada, "end-trial", { id });
    expect(await refusalOf(again)).toEqual([409, "not_on_trial"]);
  });

  it("66: without a card is not ended into a debt, and paused it needs one to go on", async () => {
    const { ada, id } = await onTrial({ card: false });
    await world.rows(
      "UPDATE customer SET default_payment_method = NULL WHERE tenant_id = $1",
      [ada.tenantId],
    );
    const refused = await plan.act(ada, "end-trial", { id });
    expect(await refusalOf(refused)).toEqual([409, "payment_method_missing"]);
    await plan.pass(15 * day);
    const resumed = await plan.act(ada, "resume", { id });
    expect(await refusalOf(resumed)).toEqual([409, "payment_method_missing"]);
    expect(await plan.planOf(ada)).toBe("free");
  });
});
