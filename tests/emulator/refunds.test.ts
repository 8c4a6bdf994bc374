import type Stripe from "stripe";
import { expect, test } from "vitest";
import { emulate, eventTypes, type Bench } from "./support";

async function paid({ stripe }: Bench, card = "pm_card_visa", amount = 5000) {
  const intent = await stripe.paymentIntents.create({
    amount,
    currency: "usd",
    payment_method: card,
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    expand: ["latest_charge"],
  });
  const charge = intent.latest_charge;
  if (!charge || typeof charge === "string") throw new Error("no charge");
  return { intent, charge };
}

test("a charge is refunded in parts up to what it took, and its money moves each time", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { intent, charge } = await paid(bench);
  const payment_intent = intent.id;
  const refund = await stripe.refunds.create(
    {
      payment_intent,
      amount: 2000,
      reason: "requested_by_customer",
      metadata: { ticket: "7" },
    },
    { idempotencyKey: "r1" },
  );
  expect(refund).toMatchObject({
    amount: 2000,
    status: "succeeded",
    charge: charge.id,
    metadata: { ticket: "7" },
  });
  await expect(
    stripe.refunds.create({ payment_intent, amount: 3001 }),
  ).rejects.toThrow(
    "Refund amount ($30.01) is greater than unrefunded amount on charge ($30.00)",
  );
  const partly = await stripe.charges.retrieve(charge.id);
  expect(partly).toMatchObject({ amount_refunded: 2000, refunded: false });
  await stripe.refunds.create({ charge: charge.id });
  const whole = await stripe.charges.retrieve(charge.id, {
    expand: ["refunds"],
  });
  expect(whole).toMatchObject({ amount_refunded: 5000, refunded: true });
  expect(whole.refunds?.data.map(({ amount }) => amount)).toEqual([3000, 2000]);
  await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject(
    { code: "charge_already_refunded" },
  );
  const { data } = await stripe.balanceTransactions.list();
  expect(data.map(({ type, amount, fee }) => [type, amount, fee])).toEqual([
    ["refund", -3000, 0],
    ["refund", -2000, 0],
    ["charge", 5000, 175],
  ]);
  expect((await eventTypes(bench)).slice(-4)).toEqual([
    "refund.created",
    "charge.refunded",
    "refund.created",
    "charge.refunded",
  ]);
});

test.each([
  ["pm_card_pendingRefund", "pending", "succeeded", 5000],
  ["pm_card_refundFail", "succeeded", "failed", 0],
])(
  "%s: a refund is %s at first and %s later",
  async (card, first, later, refunded) => {
    const bench = await emulate();
    const { charge } = await paid(bench, card);
    const refund = await bench.stripe.refunds.create({ charge: charge.id });
    expect(refund.status).toBe(first);
    await bench.advance(60);
    expect((await bench.stripe.refunds.retrieve(refund.id)).status).toBe(later);
    expect(await bench.stripe.charges.retrieve(charge.id)).toMatchObject({
      amount_refunded: refunded,
    });
    expect(await eventTypes(bench)).toContain("charge.refund.updated");
  },
);

async function disputed(bench: Bench, card = "pm_card_createDispute") {
  const { charge } = await paid(bench, card);
  const { data } = await bench.stripe.disputes.list({ charge: charge.id });
  const [dispute] = data;
  if (!dispute) throw new Error("nobody disputes it");
  return { charge, dispute };
}

const text = (uncategorized_text: string): Stripe.DisputeUpdateParams => ({
  evidence: { uncategorized_text },
});

test("a dispute takes the money and a fee at once, and gives the money back when it is won", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { charge, dispute } = await disputed(bench);
  expect(dispute).toMatchObject({
    amount: 5000,
    reason: "fraudulent",
    status: "needs_response",
    balance_transactions: [{ amount: -5000, fee: 1500, net: -6500 }],
  });
  expect((await stripe.charges.retrieve(charge.id)).disputed).toBe(true);
  const held = await stripe.disputes.update(dispute.id, {
    evidence: { product_description: "Pro plan" },
    submit: false,
  });
  expect(held.status).toBe("needs_response");
  const won = await stripe.disputes.update(
    dispute.id,
    text("winning_evidence"),
  );
  expect(won.status).toBe("won");
  expect(won.balance_transactions.map(({ amount }) => amount)).toEqual([
    -5000, 5000,
  ]);
  await expect(
    stripe.disputes.update(dispute.id, text("winning_evidence")),
  ).rejects.toThrow("This dispute is already closed.");
  const types = await eventTypes(bench);
  expect(types.filter((type) => type.startsWith("charge.dispute."))).toEqual([
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.updated",
    "charge.dispute.updated",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_reinstated",
  ]);
});

test("a dispute is lost by losing evidence or by accepting it", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const first = await disputed(bench);
  const lost = await stripe.disputes.update(
    first.dispute.id,
    text("losing_evidence"),
  );
  expect(lost.status).toBe("lost");
  const second = await disputed(
    bench,
    "pm_card_createDisputeProductNotReceived",
  );
  expect(second.dispute.reason).toBe("product_not_received");
  expect((await stripe.disputes.close(second.dispute.id)).status).toBe("lost");
});

test("an inquiry takes no money until it escalates", async () => {
  const bench = await emulate();
  const { dispute } = await disputed(bench, "pm_card_createDisputeInquiry");
  expect(dispute).toMatchObject({
    status: "warning_needs_response",
    balance_transactions: [],
  });
  const real = await bench.stripe.disputes.update(
    dispute.id,
    text("escalate_inquiry_evidence"),
  );
  expect(real).toMatchObject({
    status: "needs_response",
    balance_transactions: [{ amount: -5000 }],
  });
});

test("a charge that the bank has claimed back is not refunded as well", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { charge, dispute } = await disputed(bench);
  const refusal = { statusCode: 400, code: "charge_disputed" };
  const refund = () => stripe.refunds.create({ charge: charge.id, amount: 1 });
  await expect(refund()).rejects.toMatchObject(refusal);
  await stripe.disputes.update(dispute.id, text("winning_evidence"));
  expect(await refund()).toMatchObject({ status: "succeeded" });
});

test("a card's network warns of fraud, and its warning can be read again", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { intent, charge } = await paid(
    bench,
    "pm_card_createIssuerFraudRecord",
  );
  const payment_intent = intent.id;
  const { data } = await stripe.radar.earlyFraudWarnings.list({
    payment_intent,
  });
  expect(data).toMatchObject([{ charge: charge.id, actionable: true }]);
  expect(
    await stripe.radar.earlyFraudWarnings.retrieve(data[0]?.id ?? ""),
  ).toMatchObject({ payment_intent });
});
