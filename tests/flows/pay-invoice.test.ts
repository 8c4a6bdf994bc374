import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET as confirmationRoute } from "@/app/api/invoices/[invoiceId]/confirmation/route";
import { getBillingOverview } from "@/lib/billing/overview";
import { day, planActs, refusalOf, toldOf } from "@/tests/support/plan-acts";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.control("reset", {}));

const plan = planActs(() => world);

/** Somebody whose renewal was declined, with the invoice that is open. */
async function pastDue(card = "pm_card_chargeCustomerFail") {
  const ada = await plan.subscriber();
  await plan.useCard(ada, card);
  await plan.renewal(ada);
  const [invoice] = (await getBillingOverview(ada)).openInvoices;
  return { ada, id: invoice?.id ?? "" };
}

function confirmation(person: Person, invoiceId: string) {
  return world.get(confirmationRoute, person, { path: { invoiceId } });
}

describe("an open invoice", () => {
  it("34: is paid with a saved card, and the plan is in good standing again", async () => {
    const { ada, id } = await pastDue();
    const declined = await plan.pay(ada, id);
    expect(declined.status).toBe(402);
    expect(await declined.json()).toMatchObject({
      code: "card_declined",
      decline_code: "generic_decline",
    });
    const card = await plan.useCard(ada, "pm_card_visa");
    const requestKey = randomUUID();
    const paid = await plan.pay(ada, id, { requestKey, paymentMethodId: card });
    expect(await toldOf(paid)).toEqual([200, "paid"]);
    const { subscriptions, openInvoices } = await getBillingOverview(ada);
    expect([subscriptions[0]?.status, openInvoices]).toEqual(["active", []]);
    const before = await world.executed("POST /v1/invoices/:id/pay");
    expect(
      await toldOf(
        await plan.pay(ada, id, { requestKey, paymentMethodId: card }),
      ),
    ).toEqual([200, "paid"]);
    expect(await toldOf(await plan.pay(ada, id))).toEqual([200, "paid"]);
    expect(await world.executed("POST /v1/invoices/:id/pay")).toBe(before);
  });

  it("77: that was given up switches the plan off, and paying it switches it on again", async () => {
    await world.control("billing", {
      retry_days: [1],
      after_retries: "unpaid",
    });
    const { ada, id } = await pastDue();
    expect(await plan.planOf(ada)).toBe("pro"); // the days of grace
    await plan.pass(2 * day);
    expect((await plan.atStripe(ada)).status).toBe("unpaid");
    expect(await plan.planOf(ada)).toBe("free");
    await plan.useCard(ada, "pm_card_visa");
    expect(await toldOf(await plan.pay(ada, id))).toEqual([200, "paid"]);
    expect(await plan.planOf(ada)).toBe("pro");
    await world.control("billing", { after_retries: "cancel" });
  });

  it("86: is charged to the card that was chosen, not to the plan's old one", async () => {
    const { ada, id } = await pastDue();
    const customer = await plan.customerOf(ada);
    const fresh = await world.stripe.paymentMethods.attach(
      "pm_card_mastercard",
      {
        customer,
      },
    );
    await world.delivered();
    const paid = await plan.pay(ada, id, { paymentMethodId: fresh.id });
    expect(await toldOf(paid)).toEqual([200, "paid"]);
  });

  it("35: whose bank asks is confirmed by its owner with the secret of the invoice", async () => {
    const { ada, id } = await pastDue("pm_card_authenticationRequired");
    expect(await toldOf(await plan.pay(ada, id))).toEqual([200, "confirm"]);
    const answer = await confirmation(ada, id);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      clientSecret: expect.stringMatching(/^pi_\w+_secret_\w+$/) as string,
      publishableKey: "pk_test_flows12345678",
      script: `${world.emulator.origin}/v3/stripe.js`,
    });
    const bob = await plan.subscriber();
    expect(await refusalOf(await confirmation(bob, id))).toEqual([
      404,
      "not_found",
    ]);
  });

  it("of another workspace is not there, and neither is another's card", async () => {
    const { ada, id } = await pastDue();
    const bob = await plan.subscriber();
    expect(await refusalOf(await plan.pay(bob, id))).toEqual([
      404,
      "not_found",
    ]);
    const his = await plan.useCard(bob, "pm_card_visa");
    const stolen = await plan.pay(ada, id, { paymentMethodId: his });
    expect(await refusalOf(stolen)).toEqual([404, "not_found"]);
    const eve = await world.join(ada, await world.person("Eve"), "admin");
    expect(await refusalOf(await plan.pay(eve, id))).toEqual([
      403,
      "forbidden",
    ]);
  });

  it("88: that was paid outside of Stripe is paid: the plan goes on, and it is receipted once", async () => {
    const { ada, id } = await pastDue();
    await world.stripe.invoices.pay(id, { paid_out_of_band: true });
    await world.delivered();
    expect((await plan.atStripe(ada)).status).toBe("active");
    expect(await plan.planOf(ada)).toBe("pro");
    expect(
      await world.rows("SELECT status FROM invoice WHERE id = $1", [id]),
    ).toEqual([{ status: "paid" }]);
    const receipts = await world.rows(
      "SELECT FROM effect WHERE tenant_id = $1 AND kind = 'mail.receipt' AND cause = $2",
      [ada.tenantId, id],
    );
    expect(receipts).toHaveLength(1);
  });

  it("88: that cannot be finalized was never charged, and calls for a person", async () => {
    const { id } = await pastDue();
    const { data } = await world.stripe.events.list({
      type: "invoice.finalized",
      limit: 100,
    });
    const own = data.find(
      ({ data: { object } }) => "id" in object && object.id === id,
    );
    const type = "invoice.finalization_failed";
    await world.deliver({ ...own, id: `${own?.id}_failed`, type });
    const alarms = await world.rows(
      "SELECT FROM alarm WHERE code = 'finalization_failed' AND subject = $1",
      [id],
    );
    expect(alarms).toHaveLength(1);
  });

  it("that was voided is not charged any more", async () => {
    const { ada, id } = await pastDue();
    await world.stripe.invoices.voidInvoice(id);
    expect(await refusalOf(await plan.pay(ada, id))).toEqual([
      409,
      "invoice_closed",
    ]);
  });

  it("whose payment got no answer is paid once", async () => {
    const { ada, id } = await pastDue();
    await plan.useCard(ada, "pm_card_visa");
    await world.loseAnswer(`/v1/invoices/${id}/pay`);
    const lost = await plan.pay(ada, id, { requestKey: "click" });
    expect(await refusalOf(lost)).toEqual([503, "outcome_unknown"]);
    const found = await plan.pay(ada, id, { requestKey: "click" });
    expect(await toldOf(found)).toEqual([200, "paid"]);
    const charges = await world.stripe.charges.list({ limit: 100 });
    const paid = charges.data.filter(({ status }) => status === "succeeded");
    expect(paid).toHaveLength(2); // the purchase and this one
  });
});
