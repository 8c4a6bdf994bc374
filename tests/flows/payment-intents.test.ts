import {
  afterAll,
  beforeAll,
  describe,
  expect,
  it,
  onTestFinished,
} from "vitest";
import { POST as beginRoute } from "@/app/api/payment-intents/route";
import { getBillingOverview } from "@/lib/billing/overview";
import { hidePrice, showPrice } from "@/lib/billing/hide-price";
import { env } from "@/lib/platform/env";
import { runDueEffects } from "@/lib/fulfilment/run";
import { paymentActs, goodCard } from "@/tests/support/payment-acts";
import { refusalOf, toldOf } from "@/tests/support/plan-acts";
import { contextOf, startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const pay = paymentActs(() => world);
const declined = "4000 0000 0000 0002";
const asksBank = "4000 0027 6000 3184";

describe("a payment that is begun", () => {
  it("27: costs what the catalogue says, and answers what a browser needs", async () => {
    const ada = await world.person();
    const begun = await pay.begun(ada, {
      quantity: 3,
      description: "Three sessions",
      receiptEmail: "books@example.com",
      shipping: { name: "Ada", address: { line1: "1 Main St", country: "US" } },
      setupFutureUsage: "off_session",
      metadata: { order: "7" },
    });
    expect(Object.keys(begun)).toEqual([
      "id",
      "clientSecret",
      "publishableKey",
    ]);
    expect(begun.clientSecret).toMatch(`${begun.id}_secret_`);
    expect(begun.publishableKey).toMatch(/^pk_test_/);
    expect(await world.stripe.paymentIntents.retrieve(begun.id)).toMatchObject({
      amount: 44700,
      currency: "usd",
      customer: await pay.customerOf(ada),
      status: "requires_payment_method",
      automatic_payment_methods: { enabled: true },
      description: "Three sessions",
      receipt_email: "books@example.com",
      setup_future_usage: "off_session",
      shipping: { name: "Ada", address: { line1: "1 Main St", country: "US" } },
      metadata: { order: "7", tenant_id: ada.tenantId },
    });
    expect(await pay.orders(ada)).toEqual([]);
    expect(await pay.audit(ada)).toEqual(["payment.changed", "payment.began"]);
  });

  it("50: is a purchase once its money has come: handed over, receipted and audited, once", async () => {
    const ada = await world.person();
    const { id, clientSecret } = await pay.begun(ada);
    expect(await pay.typeCard(clientSecret, goodCard)).toMatchObject({
      intent: { status: "succeeded" },
    });
    await world.delivered();
    const events = await world.stripe.events.list({
      type: "payment_intent.succeeded",
    });
    await world.deliver(events.data[0]);
    expect(await pay.orders(ada)).toMatchObject([
      { status: "paid", amount: "14900", lines: [{ quantity: 1 }] },
    ]);
    expect(await pay.effects(ada, "purchase_paid")).toHaveLength(1);
    expect(await pay.effects(ada, "mail.order_receipt")).toHaveLength(1);
    expect((await getBillingOverview(ada)).orders).toMatchObject([
      { names: ["Onboarding session"], status: "paid" },
    ]);
    expect(await (await pay.one(ada, id)).json()).toMatchObject({
      id,
      status: "succeeded",
      amountCaptured: "14900",
      card: { last4: "4242" },
      failure: null,
    });
    await runDueEffects(10);
    const [effect] = await world.rows(
      "SELECT state FROM effect WHERE tenant_id = $1 AND kind = 'purchase_paid'",
      [ada.tenantId],
    );
    expect(effect).toEqual({ state: "done" });
  });

  it.each([
    ["an amount", { amount: 1 }, "validation"],
    ["a currency", { currency: "usd" }, "validation"],
    ["a customer", { customer: "cus_other" }, "validation"],
    ["a payment method", { payment_method: "pm_other" }, "validation"],
    ["confirm", { confirm: true }, "validation"],
    ["off_session", { off_session: true }, "validation"],
    ["a fee", { application_fee_amount: 1 }, "validation"],
    ["our own metadata", { metadata: { intent_id: "x" } }, "validation"],
    ["a plan", { priceId: "pro_monthly" }, "unknown_price"],
    ["a price of nobody", { priceId: "price_other" }, "unknown_price"],
    ["too many", { quantity: 1000 }, "validation"],
  ])("27, 29: is refused with %s", async (_, wrong, code) => {
    const ada = await world.person();
    const before = await world.executed("POST /v1/payment_intents");
    expect(await refusalOf(await pay.begin(ada, wrong))).toEqual([422, code]);
    expect(await world.executed("POST /v1/payment_intents")).toBe(before);
  });

  it("57: is paid with what the deployment's configuration turns on, as a checkout is", async () => {
    const { id: configuration } =
      await world.stripe.paymentMethodConfigurations.create({ name: "Ours" });
    const named = { STRIPE_PAYMENT_METHOD_CONFIGURATION: configuration };
    Object.assign(env(), named);
    onTestFinished(() => {
      delete env().STRIPE_PAYMENT_METHOD_CONFIGURATION;
    });
    const ada = await world.person();
    const { id } = await pay.begun(ada);
    const { id: session } = await world.open(ada);
    for (const made of [
      await world.stripe.paymentIntents.retrieve(id),
      await world.stripe.checkout.sessions.retrieve(session),
    ])
      expect(made.payment_method_configuration_details?.id).toBe(configuration);
  });

  it("asks for a key, and holds its caller to it", async () => {
    const ada = await world.person();
    const without = await world.post(beginRoute, ada, {
      priceId: "onboarding_session",
    });
    expect(await refusalOf(without)).toEqual([400, "idempotency_key_missing"]);
    const first = await pay.begun(ada, { requestKey: "order 7" });
    const again = await pay.begun(ada, { requestKey: "order 7" });
    expect(again).toEqual(first);
    const other = await pay.begin(ada, { requestKey: "order 7", quantity: 2 });
    expect(await refusalOf(other)).toEqual([422, "idempotency_mismatch"]);
    const bob = await world.person("Bob");
    expect((await pay.begun(bob, { requestKey: "order 7" })).id).not.toBe(
      first.id,
    );
  });

  it("49: is one payment for simultaneous requests with one key", async () => {
    const ada = await world.person();
    const before = await world.executed("POST /v1/payment_intents");
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => pay.begin(ada, { requestKey: "click" })),
    );
    const bodies = await Promise.all(
      answers
        .filter(({ ok }) => ok)
        .map(async (answer) => ((await answer.json()) as { id: string }).id),
    );
    expect(bodies.length).toBeGreaterThan(0);
    expect(new Set(bodies).size).toBe(1);
    for (const { status } of answers) expect([200, 409, 503]).toContain(status);
    expect((await world.executed("POST /v1/payment_intents")) - before).toBe(1);
  });

  it("48: whose answer was lost is found by its key, and after a day by its metadata", async () => {
    const ada = await world.person();
    await pay.begun(ada); // the customer exists now
    const before = await world.executed("POST /v1/payment_intents");
    await world.loseAnswer("/v1/payment_intents");
    const lost = await pay.begin(ada, { requestKey: "lost" });
    expect(await refusalOf(lost)).toEqual([503, "outcome_unknown"]);
    expect(lost.headers.get("retry-after")).toBe("5");
    const found = await pay.begun(ada, { requestKey: "lost" });
    const { metadata } = await world.stripe.paymentIntents.retrieve(found.id);
    expect(metadata["request_id"]).toBe(lost.headers.get("request-id"));

    await world.loseAnswer("/v1/payment_intents");
    await pay.begin(ada, { requestKey: "lost for long" });
    await world.rows(
      "UPDATE charge_intent SET created_at = now() - interval '25 hours' WHERE request_key = 'lost for long'",
    );
    const [made] = (
      await world.stripe.paymentIntents.list({
        customer: await pay.customerOf(ada),
        limit: 1,
      })
    ).data;
    const posts = await world.received("POST /v1/payment_intents");
    const later = await pay.begun(ada, { requestKey: "lost for long" });
    expect(later.id).toBe(made?.id);
    expect(await world.received("POST /v1/payment_intents")).toBe(posts);
    expect(found.id).not.toBe(later.id);
    expect((await world.executed("POST /v1/payment_intents")) - before).toBe(2);
  });

  it("paid while its other request was slow stays paid", async () => {
    const ada = await world.person();
    await pay.begun(ada);
    const more = { requestKey: "slow" };
    const path = "/v1/payment_intents";
    const failing = { method: "POST", path, status: 500, count: 3 };
    await world.control("faults", failing);
    await pay.begin(ada, more);
    await world.rows(
      "UPDATE charge_intent SET created_at = now() - interval '21 hours' WHERE tenant_id = $1",
      [ada.tenantId],
    );
    const lists = await world.executed(`GET ${path}`);
    const answer = await world.hold("GET", path, "answer");
    const late = pay.begin(ada, more);
    await expect.poll(() => world.executed(`GET ${path}`)).toBe(lists + 1);
    const { id, clientSecret } = await pay.begun(ada, more);
    await pay.typeCard(clientSecret, goodCard);
    await world.delivered();
    await answer();
    expect(await refusalOf(await late)).toEqual([409, "payment_complete"]);
    const changes = await world.rows<{ status: string }>(
      "SELECT details->>'status' AS status FROM audit_entry WHERE object_id = $1 AND action = 'payment.changed' ORDER BY at, id",
      [id],
    );
    expect(changes.map(({ status }) => status)).toEqual([
      "requires_payment_method",
      "succeeded",
    ]);
  });

  it("is a purchase also when nobody lived to hear of it before it was paid", async () => {
    const ada = await world.person();
    await pay.begun(ada);
    await world.loseAnswer("/v1/payment_intents");
    await pay.begin(ada, { requestKey: "dies" });
    const [made] = (
      await world.stripe.paymentIntents.list({
        customer: await pay.customerOf(ada),
        limit: 1,
      })
    ).data;
    await pay.typeCard(made?.client_secret ?? "", goodCard);
    await world.delivered();
    expect(await pay.orders(ada)).toMatchObject([{ status: "paid" }]);
    expect((await pay.begun(ada, { requestKey: "dies" })).id).toBe(made?.id);
    expect(await pay.taken(ada)).toEqual([14900]);
  });

  it("of a price that was hidden meanwhile cannot be paid any more", async () => {
    const ada = await world.person();
    const { id, clientSecret } = await pay.begun(ada);
    await hidePrice(contextOf(ada), { lookupKey: "onboarding_session" });
    const { error } = await pay.typeCard(clientSecret, goodCard);
    expect(error).toMatchObject({ code: "payment_intent_unexpected_state" });
    expect(await refusalOf(await pay.confirm(ada, id))).toEqual([
      409,
      "payment_closed",
    ]);
    expect(await refusalOf(await pay.begin(ada))).toEqual([
      422,
      "unknown_price",
    ]);
    await showPrice(contextOf(ada), { lookupKey: "onboarding_session" });
    await pay.begun(ada);
  });

  it("whose amount somebody has changed at Stripe hands nothing over, and calls for a person", async () => {
    const ada = await world.person();
    const { id, clientSecret } = await pay.begun(ada);
    await world.stripe.paymentIntents.update(id, { amount: 100 });
    await pay.typeCard(clientSecret, goodCard);
    await world.delivered();
    expect(await pay.orders(ada)).toEqual([]);
    expect(
      await world.rows(
        "SELECT 1 FROM alarm WHERE code = 'charge_not_as_shown' AND subject = $1",
        [id],
      ),
    ).toHaveLength(1);
  });
});

describe("a payment with a saved card", () => {
  it("is taken once, however often it is confirmed", async () => {
    const ada = await world.person();
    const card = await pay.saveCard(ada);
    const { id } = await pay.begun(ada);
    const more = { paymentMethodId: card, requestKey: "pay" };
    const both = await Promise.all([
      pay.confirm(ada, id, more),
      pay.confirm(ada, id, { paymentMethodId: card }),
    ]);
    const statuses = both.map(({ status }) => status).toSorted((a, b) => a - b);
    expect([
      [200, 200],
      [200, 409],
    ]).toContainEqual(statuses);
    expect(await toldOf(await pay.confirm(ada, id, more))).toEqual([
      200,
      "paid",
    ]);
    await world.delivered();
    expect(await pay.taken(ada)).toEqual([14900]);
    expect(await pay.orders(ada)).toHaveLength(1);
    expect(await refusalOf(await pay.cancel(ada, id))).toEqual([
      409,
      "payment_complete",
    ]);
    expect(await refusalOf(await pay.secret(ada, id))).toEqual([
      409,
      "payment_complete",
    ]);
  });

  it("whose answer was lost is taken once", async () => {
    const ada = await world.person();
    const card = await pay.saveCard(ada);
    const { id } = await pay.begun(ada);
    await world.loseAnswer(`/v1/payment_intents/${id}/confirm`);
    const more = { paymentMethodId: card, requestKey: "lost" };
    const lost = await pay.confirm(ada, id, more);
    expect(await refusalOf(lost)).toEqual([503, "outcome_unknown"]);
    expect(await toldOf(await pay.confirm(ada, id, more))).toEqual([
      200,
      "paid",
    ]);
    expect(await pay.taken(ada)).toEqual([14900]);
  });

  it("89: that is declined says why and what to do, and may be tried with another", async () => {
    const ada = await world.person();
    const { id } = await pay.begun(ada);
    await pay.giveCard(ada, "pm_card_chargeCustomerFail");
    const answer = await pay.confirm(ada, id);
    expect(answer.status).toBe(402);
    expect(await answer.json()).toMatchObject({
      error_type: "card_error",
      code: "card_declined",
      decline_code: "generic_decline",
      title:
        "Your card was declined. Nothing was charged. Try another card or ask your bank.",
    });
    await world.delivered();
    expect(await (await pay.one(ada, id)).json()).toMatchObject({
      status: "requires_payment_method",
      failure: { code: "card_declined", declineCode: "generic_decline" },
    });
    expect(await pay.orders(ada)).toEqual([]);
    await pay.giveCard(ada, "pm_card_visa");
    expect(await toldOf(await pay.confirm(ada, id))).toEqual([200, "paid"]);
  });

  it("that asks its bank leads there, and is paid on the way back", async () => {
    const ada = await world.person();
    const { id } = await pay.begun(ada);
    await pay.giveCard(ada, "pm_card_authenticationRequired");
    const answer = await pay.confirm(ada, id);
    expect(await answer.json()).toEqual({
      id,
      state: "confirm",
      location: `${world.emulator.origin}/3ds/${id}`,
    });
    expect(await toldOf(await pay.confirm(ada, id))).toEqual([200, "confirm"]);
    await pay.atBank(id, "complete");
    expect(await toldOf(await pay.confirm(ada, id))).toEqual([200, "paid"]);
    expect(await pay.orders(ada)).toHaveLength(1);
  });

  it("needs one", async () => {
    const ada = await world.person();
    const { id } = await pay.begun(ada);
    expect(await refusalOf(await pay.confirm(ada, id))).toEqual([
      409,
      "payment_method_missing",
    ]);
  });

  it("does not take another workspace's card", async () => {
    const ada = await world.person();
    const bob = await world.person("Bob");
    const his = await pay.saveCard(bob);
    const { id } = await pay.begun(ada);
    const stolen = await pay.confirm(ada, id, { paymentMethodId: his });
    expect(await refusalOf(stolen)).toEqual([404, "not_found"]);
    const forced = await pay.confirm(ada, id, { off_session: true });
    expect(await refusalOf(forced)).toEqual([422, "validation"]);
  });
});

describe("a payment that is called off", () => {
  it("is not paid any more; called off again it is the same", async () => {
    const ada = await world.person();
    const before = await world.executed("POST /v1/payment_intents/:id/cancel");
    const { id, clientSecret } = await pay.begun(ada);
    expect(await toldOf(await pay.cancel(ada, id))).toEqual([200, "cancelled"]);
    expect(await toldOf(await pay.cancel(ada, id))).toEqual([200, "cancelled"]);
    const { error } = await pay.typeCard(clientSecret, goodCard);
    expect(error?.code).toBe("payment_intent_unexpected_state");
    expect(await refusalOf(await pay.confirm(ada, id))).toEqual([
      409,
      "payment_closed",
    ]);
    expect(await refusalOf(await pay.secret(ada, id))).toEqual([
      409,
      "payment_closed",
    ]);
    const after = await world.executed("POST /v1/payment_intents/:id/cancel");
    expect(after - before).toBe(1);
  });

  it("and whose answer was lost is called off once", async () => {
    const ada = await world.person();
    const { id } = await pay.begun(ada);
    await world.loseAnswer(`/v1/payment_intents/${id}/cancel`);
    const lost = await pay.cancel(ada, id, { requestKey: "lost" });
    expect(await refusalOf(lost)).toEqual([503, "outcome_unknown"]);
    const again = await pay.cancel(ada, id, { requestKey: "lost" });
    expect(await toldOf(again)).toEqual([200, "cancelled"]);
  });

  it("or confirmed in vain is told as one that Stripe does not take", async () => {
    const ada = await world.person();
    const { id } = await pay.begun(ada);
    await pay.giveCard(ada, "pm_card_visa");
    for (const act of ["confirm", "cancel"] as const) {
      const path = `/v1/payment_intents/${id}/${act}`;
      const fault = { method: "POST", path, status: 400, count: 1 };
      await world.control("faults", fault);
      expect(await refusalOf(await pay[act](ada, id))).toEqual([
        422,
        "payment_refused",
      ]);
    }
    expect(await toldOf(await pay.cancel(ada, id))).toEqual([200, "cancelled"]);
  });

  it("belongs to an invoice or a checkout, is ended there", async () => {
    const ada = await world.person();
    await world.buy(ada, "onboarding_session");
    const [payment] = await world.rows<{ id: string }>(
      "SELECT id FROM payment WHERE tenant_id = $1",
      [ada.tenantId],
    );
    const id = payment?.id ?? "";
    for (const act of [pay.cancel, pay.confirm])
      expect(await refusalOf(await act(ada, id))).toEqual([
        409,
        "payment_elsewhere",
      ]);
    expect(await refusalOf(await pay.secret(ada, id))).toEqual([
      409,
      "payment_elsewhere",
    ]);
  });
});

type List = { data: { id: string }[]; older: string | null };

describe("payments", () => {
  it("are listed newest first and page by page, without a secret", async () => {
    const ada = await world.person();
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.unshift((await pay.begun(ada)).id);
    for (const [n, id] of ids.entries())
      await world.rows(
        "UPDATE payment SET created_at = now() - make_interval(mins => $1) WHERE id = $2",
        [n, id],
      );
    const all: string[] = [];
    for (let before: string | null = ""; before !== null;) {
      const query = { limit: "2", ...(before && { before }) };
      const text = await (await pay.list(ada, query)).text();
      expect(text).not.toContain("_secret_");
      const page = JSON.parse(text) as List;
      all.push(...page.data.map(({ id }) => id));
      before = page.older;
    }
    expect(all).toEqual(ids);
  });

  it("of another workspace are not there, and strangers and readers are not let in", async () => {
    const ada = await world.person();
    const { id } = await pay.begun(ada);
    const bob = await world.person("Bob");
    for (const act of [pay.one, pay.secret, pay.confirm, pay.cancel]) {
      expect((await act(bob, id)).status).toBe(404);
      expect((await act(null, id)).status).toBe(401);
    }
    expect(await (await pay.list(bob)).json()).toEqual({
      data: [],
      older: null,
    });
    expect((await pay.begin(null)).status).toBe(401);
    const eve = await world.join(ada, await world.person("Eve"), "admin");
    expect((await pay.begin(eve)).status).toBe(403);
    for (const act of [pay.secret, pay.confirm, pay.cancel])
      expect((await act(eve, id)).status).toBe(403);
    expect((await pay.one(eve, id)).status).toBe(200);
    expect((await pay.secret(ada, id)).status).toBe(200);
  });
});

describe("in the card form of Stripe.js", () => {
  it("a declined card is not charged, and another one is", async () => {
    const ada = await world.person();
    const { id, clientSecret } = await pay.begun(ada);
    expect(await pay.typeCard(clientSecret, declined)).toMatchObject({
      error: { code: "card_declined" },
    });
    await world.delivered();
    expect(await pay.orders(ada)).toEqual([]);
    await pay.typeCard(clientSecret, asksBank);
    await pay.atBank(id, "complete");
    expect(await pay.orders(ada)).toMatchObject([{ status: "paid" }]);
    expect(await pay.taken(ada)).toEqual([14900]);
  });
});
