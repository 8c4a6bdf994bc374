import {
  afterAll,
  beforeAll,
  describe,
  expect,
  it,
  onTestFinished,
} from "vitest";
import { billingConcerns } from "@/lib/billing/concerns";
import { getBillingOverview } from "@/lib/billing/overview";
import { runDueEffects } from "@/lib/fulfilment/run";
import { goodCard, paymentActs } from "@/tests/support/payment-acts";
import { refusalOf, toldOf } from "@/tests/support/plan-acts";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
let sam: Person;
beforeAll(async () => {
  world = await startWorld({ mail: true });
  sam = await world.staff();
});
afterAll(() => world.close());

const pay = paymentActs(() => world);

type Charge = { id: string; state: string };

async function charge(of: Person, more: object = {}): Promise<Charge> {
  const answer = await pay.charge(sam, of, { ...more });
  if (!answer.ok) throw new Error(await answer.text());
  const { id, state } = (await answer.json()) as Charge;
  return { id, state };
}

/** Somebody whose saved card is this one of Stripe's test methods. */
async function withCard(method: string): Promise<Person> {
  const ada = await world.confirmed();
  await pay.saveCard(ada);
  await pay.giveCard(ada, method);
  return ada;
}

async function mailOf({ email, tenantId }: Person) {
  for (let due = 1; due > 0;) {
    // The column is of whole milliseconds: now() may round to one that is yet to come.
    await world.rows(
      "UPDATE effect SET next_try_at = next_try_at - interval '1 second' WHERE tenant_id = $1 AND finished_at IS NULL",
      [tenantId],
    );
    due = await runDueEffects(20);
  }
  // The request that asked for it may be at it still.
  const unfinished = () =>
    world.rows(
      "SELECT kind FROM effect WHERE tenant_id = $1 AND finished_at IS NULL",
      [tenantId],
    );
  await expect.poll(unfinished).toEqual([]);
  return world.mails(email);
}

async function secretOf(person: Person, id: string): Promise<string> {
  const answer = await pay.secret(person, id);
  return ((await answer.json()) as { clientSecret: string }).clientSecret;
}

describe("a payment that staff ask for", () => {
  it("is mailed with where to pay it, and is a purchase once it is paid there", async () => {
    const ada = await world.confirmed();
    const { id, state } = await charge(ada, { requestKey: "asked" });
    expect(state).toBe("asked");
    expect(await charge(ada, { requestKey: "asked" })).toEqual({ id, state });
    const mails = await mailOf(ada);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toBe("$450.00 to pay: Migration of your data");
    expect(mails[0]?.text).toContain(`/t/${ada.slug}/pay/${id}`);
    expect(await pay.audit(ada)).toEqual(["payment.changed", "charge.made"]);
    expect(billingConcerns(await getBillingOverview(ada))).toMatchObject([
      { kind: "payment_asked", asked: { paymentId: id } },
    ]);

    await pay.typeCard(await secretOf(ada, id), goodCard);
    await world.delivered();
    expect(await pay.orders(ada)).toEqual([
      { status: "paid", amount: "45000", lines: [] },
    ]);
    const overview = await getBillingOverview(ada);
    expect(overview.orders).toMatchObject([
      { names: ["Migration of your data"] },
    ]);
    expect(billingConcerns(overview)).toEqual([]);
    const [newest] = await mailOf(ada);
    expect(newest?.subject).toBe("You paid $450.00");
    expect(newest?.text).toContain("Migration of your data");
    expect(await pay.effects(ada, "purchase_paid")).toHaveLength(1);
  });

  it.each(["processing", "requires_capture"])(
    "is no longer asked for while its money is on its way (%s)",
    async (status) => {
      const ada = await world.person();
      const { id } = await charge(ada);
      const other = await charge(ada);
      await world.rows("UPDATE payment SET status = $2 WHERE id = $1", [
        id,
        status,
      ]);
      const { asked } = await getBillingOverview(ada);
      expect(asked.map(({ paymentId }) => paymentId)).toEqual([other.id]);
    },
  );

  it.each([
    ["0.49", "amount_out_of_range"],
    ["0", "amount_out_of_range"],
    ["1000000", "amount_out_of_range"],
    ["-5", "amount_malformed"],
    ["1.999", "amount_malformed"],
    ["1e3", "amount_malformed"],
    ["５", "amount_malformed"],
    [100, "validation"],
  ])("of %s is refused before Stripe is asked", async (amount, code) => {
    const ada = await world.person();
    const refused = await pay.charge(sam, ada, { amount });
    expect(await refusalOf(refused)).toEqual([422, code]);
    expect(
      await world.rows("SELECT 1 FROM charge_intent WHERE tenant_id = $1", [
        ada.tenantId,
      ]),
    ).toEqual([]);
  });

  it("is for staff alone, and nobody else calls it off", async () => {
    const ada = await world.confirmed();
    await world.delivered();
    await world.control("webhooks", { paused: true }); // whose work would send the mail before
    onTestFinished(async () => {
      await world.control("webhooks", { paused: false });
    });
    expect((await pay.charge(ada, ada)).status).toBe(404);
    expect((await pay.charge(null, ada)).status).toBe(404);
    const { id } = await charge(ada);
    expect(await refusalOf(await pay.cancel(ada, id))).toEqual([
      403,
      "forbidden",
    ]);
    expect((await pay.callOff(ada, ada, id)).status).toBe(404);
    const bob = await world.person("Bob");
    expect((await pay.callOff(sam, bob, id)).status).toBe(404);
    expect((await pay.confirm(bob, id)).status).toBe(404);
    expect(await toldOf(await pay.callOff(sam, ada, id))).toEqual([
      200,
      "cancelled",
    ]);
    expect(await mailOf(ada)).toEqual([]);
  });

  it("is one for a key, and another for another", async () => {
    const ada = await world.person();
    const { id } = await charge(ada, { requestKey: "one" });
    const other = await pay.charge(sam, ada, {
      requestKey: "one",
      amount: "451.00",
    });
    expect(await refusalOf(other)).toEqual([422, "idempotency_mismatch"]);
    expect((await charge(ada, { requestKey: "two" })).id).not.toBe(id);
  });
});

describe("a saved card that staff charge", () => {
  it("is charged once, however often it is asked for", async () => {
    const ada = await withCard("pm_card_visa");
    const more = { collect: "saved_card", requestKey: "charge" };
    const made = await charge(ada, more);
    expect(made.state).toBe("paid");
    expect(await charge(ada, more)).toEqual(made);
    expect(await toldOf(await pay.collect(sam, ada, made.id))).toEqual([
      200,
      "paid",
    ]);
    await world.delivered();
    expect(await pay.taken(ada)).toEqual([45000]);
    expect(await pay.orders(ada)).toHaveLength(1);
    const subjects = (await mailOf(ada)).map(({ subject }) => subject);
    expect(subjects).toEqual(["You paid $450.00"]);
  });

  it("whose answer was lost is charged once", async () => {
    const ada = await withCard("pm_card_visa");
    const more = { collect: "saved_card", requestKey: "lost too" };
    const { id } = await charge(ada);
    await world.loseAnswer(`/v1/payment_intents/${id}/confirm`);
    const lost = await pay.collect(sam, ada, id, { requestKey: "lost" });
    expect(await refusalOf(lost)).toEqual([503, "outcome_unknown"]);
    const again = await pay.collect(sam, ada, id, { requestKey: "lost" });
    expect(await toldOf(again)).toEqual([200, "paid"]);
    await world.loseAnswer("/v1/payment_intents");
    expect((await pay.charge(sam, ada, more)).status).toBe(503);
    expect((await charge(ada, more)).state).toBe("paid");
    expect(await pay.taken(ada)).toEqual([45000, 45000]);
  });

  it("whose bank asks its owner is charged once they have confirmed; one mail says where", async () => {
    const ada = await withCard("pm_card_authenticationRequired");
    const { id, state } = await charge(ada, { collect: "saved_card" });
    expect(state).toBe("confirm");
    await world.delivered();
    expect(await pay.taken(ada)).toEqual([]);
    const [mail, second] = await mailOf(ada);
    expect(second).toBeUndefined();
    expect(mail?.subject).toBe(
      "Confirm your payment of $450.00: Migration of your data",
    );
    expect(mail?.text).toContain(`/t/${ada.slug}/pay/${id}`);
    expect(await (await pay.one(ada, id)).json()).toMatchObject({
      status: "requires_payment_method",
      failure: { code: "authentication_required" },
    });
    const answer = await pay.confirm(ada, id);
    expect(await answer.json()).toMatchObject({ state: "confirm" });
    await pay.atBank(id, "complete");
    expect(await pay.taken(ada)).toEqual([45000]);
    expect(await pay.orders(ada)).toHaveLength(1);
  });

  it("that is declined leaves the payment for its owner, who is told once", async () => {
    const ada = await withCard("pm_card_chargeCustomerFail");
    const { id, state } = await charge(ada, { collect: "saved_card" });
    expect(state).toBe("declined");
    await world.delivered();
    expect(await toldOf(await pay.collect(sam, ada, id))).toEqual([
      200,
      "declined",
    ]);
    await world.delivered();
    const subjects = (await mailOf(ada)).map(({ subject }) => subject);
    expect(subjects).toEqual(["$450.00 to pay: Migration of your data"]);
    await pay.giveCard(ada, "pm_card_visa");
    expect(await toldOf(await pay.confirm(ada, id))).toEqual([200, "paid"]);
  });

  it("is that of the plan where the customer has no other", async () => {
    const ada = await world.confirmed();
    await world.buy(ada, "pro_monthly");
    expect((await charge(ada, { collect: "saved_card" })).state).toBe("paid");
  });

  it("is asked for in vain where there is none: nothing is made", async () => {
    const ada = await world.person();
    const refused = await pay.charge(sam, ada, { collect: "saved_card" });
    expect(await refusalOf(refused)).toEqual([409, "payment_method_missing"]);
    expect(await pay.audit(ada)).toEqual([]);
  });
});
