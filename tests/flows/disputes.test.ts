import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { getPaymentDetail } from "@/lib/admin/payment";
import { billingConcerns } from "@/lib/billing/concerns";
import { getBillingOverview } from "@/lib/billing/overview";
import { moneyBack, type MoneyBackPolicy } from "@/lib/catalog/money-back";
import { planActs, refusalOf } from "@/tests/support/plan-acts";
import { refundActs } from "@/tests/support/refund-acts";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
let sam: Person;
beforeAll(async () => {
  world = await startWorld();
  sam = await world.staff();
});
afterAll(() => world.close());

const asShipped = { ...moneyBack };
afterEach(() => Object.assign(moneyBack, asShipped));

const money = refundActs(() => world);
const plan = planActs(() => world);

const disputing = "4000000000000259";
const asking = "4000000000001976";
const suspected = "4000000000005423";

/** As an owner writes who decides otherwise. */
const decide = (policy: Partial<MoneyBackPolicy>) =>
  Object.assign(moneyBack, policy);

/** Somebody whose plan was paid with this card. */
async function subscriber(card: string) {
  const ada = await world.person();
  const { url } = await world.open(ada, { priceId: "pro_monthly" });
  await world.pay(url, card);
  await world.delivered();
  return { ada, id: (await money.paymentOf(ada)).id };
}

async function disputeOf({ tenantId }: Person) {
  const [row] = await world.rows<{ id: string; status: string }>(
    "SELECT * FROM dispute WHERE tenant_id = $1",
    [tenantId],
  );
  if (!row) throw new Error("no dispute");
  return row;
}

/** The bank decides, by what Stripe's test evidence says. */
async function decided(ada: Person, evidence: "winning" | "losing") {
  const { id } = await disputeOf(ada);
  await world.stripe.disputes.update(id, {
    evidence: { uncategorized_text: `${evidence}_evidence` },
  });
  await world.delivered();
}

const alarmsOf = async (subject: string) =>
  (
    await world.rows<{ code: string }>(
      "SELECT code FROM alarm WHERE subject = $1 ORDER BY raised_at",
      [subject],
    )
  ).map(({ code }) => code);

const auditsOf = ({ tenantId }: Person, action: string) =>
  world.rows("SELECT FROM audit_entry WHERE tenant_id = $1 AND action = $2", [
    tenantId,
    action,
  ]);

const concernsOf = async (ada: Person) =>
  billingConcerns(await getBillingOverview(ada)).map(({ kind }) => kind);

describe("85: a disputed payment", () => {
  it("is shown to owner and staff with the day evidence is due, and access stays as the catalogue says", async () => {
    const { ada, id } = await subscriber(disputing);
    expect(await plan.planOf(ada)).toBe("pro");
    expect(await concernsOf(ada)).toEqual(["disputed"]);
    const detail = await getPaymentDetail(ada.tenantId, id);
    expect(detail?.payment).toMatchObject({
      captured: { amount: 2900n },
      claimed: { amount: 2900n },
      left: { amount: 0n },
      disputes: [{ state: "open", reason: "fraudulent" }],
    });
    expect(detail?.payment.disputes[0]?.evidenceDueBy).toBeInstanceOf(Date);
    expect(await alarmsOf((await disputeOf(ada)).id)).toEqual(["dispute"]);
  });

  it("is not refunded as well", async () => {
    const { ada, id } = await money.buyer(disputing);
    const answer = await money.refund(sam, ada, { paymentId: id });
    expect(await refusalOf(answer)).toEqual([409, "payment_disputed"]);
    expect(await money.atStripe(id)).toEqual([]);
    await decided(ada, "winning");
    const after = await money.refund(sam, ada, { paymentId: id, amount: 100 });
    expect(after.status).toBe(200);
  });

  it("that is won is here again, and nothing is left to worry about", async () => {
    const { ada, id } = await subscriber(disputing);
    await decided(ada, "winning");
    expect(await concernsOf(ada)).toEqual([]);
    const detail = await getPaymentDetail(ada.tenantId, id);
    expect(detail?.payment).toMatchObject({
      claimed: { amount: 0n },
      left: { amount: 2900n },
      disputes: [{ state: "over", status: "won" }],
    });
    expect(await plan.planOf(ada)).toBe("pro");
  });

  it("that is lost is gone for good, and staff hear of it", async () => {
    const { ada, id } = await subscriber(disputing);
    await decided(ada, "losing");
    const detail = await getPaymentDetail(ada.tenantId, id);
    expect(detail?.payment).toMatchObject({
      claimed: { amount: 2900n },
      left: { amount: 0n },
      disputes: [{ state: "lost" }],
    });
    expect(await alarmsOf((await disputeOf(ada)).id)).toEqual([
      "dispute",
      "dispute_lost",
    ]);
    expect(await plan.planOf(ada)).toBe("pro");
  });

  it("of another workspace is not there", async () => {
    const { id } = await subscriber(disputing);
    const bob = await world.person("Bob");
    expect(await getPaymentDetail(bob.tenantId, id)).toBeNull();
    expect(await concernsOf(bob)).toEqual([]);
  });
});

describe("a dispute in a status that is new to us", () => {
  it("counts as money that the bank has, and its owner sees it", async () => {
    decide({ disputed: "suspend" });
    const { ada } = await subscriber(disputing);
    await world.rows("UPDATE dispute SET status = 'thinking' WHERE id = $1", [
      (await disputeOf(ada)).id,
    ]);
    expect(await plan.planOf(ada)).toBe("free");
    expect((await getBillingOverview(ada)).disputes).toMatchObject([
      { state: "open", status: "thinking", suspends: true },
    ]);
  });
});

describe("an inquiry", () => {
  it("moves no money, and may be ended by a refund", async () => {
    decide({ disputed: "suspend" });
    const { ada, id } = await subscriber(asking);
    expect(await concernsOf(ada)).toEqual(["disputed"]);
    expect(await plan.planOf(ada)).toBe("pro");
    const answer = await money.refund(sam, ada, { paymentId: id });
    expect(answer.status).toBe(200);
  });
});

describe("where the catalogue suspends what is disputed", () => {
  it("the plan is off while the bank decides, and on again when it is won", async () => {
    decide({ disputed: "suspend" });
    const { ada } = await subscriber(disputing);
    expect(await plan.planOf(ada)).toBe("free");
    expect((await plan.atStripe(ada)).status).toBe("active");
    await decided(ada, "winning");
    expect(await plan.planOf(ada)).toBe("pro");
  });

  it("says so of what the plan was paid with, and of nothing else", async () => {
    decide({ disputed: "suspend" });
    const { ada } = await subscriber(disputing);
    const { url } = await world.open(ada, { priceId: "onboarding_session" });
    await world.pay(url, disputing);
    await world.delivered();
    const suspends = async () => {
      const { disputes } = await getBillingOverview(ada);
      return [disputes.length, disputes.filter((one) => one.suspends).length];
    };
    expect(await suspends()).toEqual([2, 1]);
    await world.stripe.subscriptions.cancel(await plan.idOf(ada));
    await world.delivered();
    expect(await suspends()).toEqual([2, 0]);
  });

  it("the plan ends when it is lost, and another workspace's goes on", async () => {
    decide({ disputed: "suspend" });
    const bob = await plan.subscriber();
    const { ada } = await subscriber(disputing);
    await decided(ada, "losing");
    expect((await plan.atStripe(ada)).status).toBe("canceled");
    expect(await auditsOf(ada, "plan.ended_by_dispute")).toHaveLength(1);
    expect((await plan.atStripe(bob)).status).toBe("active");
  });
});

describe("where the catalogue ends what is disputed", () => {
  it("the plan ends at once, once, and does not come back when it is won", async () => {
    decide({ disputed: "end" });
    const { ada } = await subscriber(disputing);
    expect((await plan.atStripe(ada)).status).toBe("canceled");
    expect(await auditsOf(ada, "plan.ended_by_dispute")).toHaveLength(1);
    await decided(ada, "winning");
    expect(await plan.planOf(ada)).toBe("free");
    expect(await auditsOf(ada, "plan.ended_by_dispute")).toHaveLength(1);
  });
});

describe("a plan whose payment was given back in full", () => {
  it("83: goes on, unless the catalogue says that it ends", async () => {
    const goesOn = await plan.subscriber();
    const first = await money.paymentOf(goesOn);
    await money.refund(sam, goesOn, { paymentId: first.id });
    await world.delivered();
    expect((await plan.atStripe(goesOn)).status).toBe("active");

    decide({ planRefunded: "ends" });
    const ends = await plan.subscriber();
    const { id } = await money.paymentOf(ends);
    await money.refund(sam, ends, { paymentId: id, amount: 2899 });
    await world.delivered();
    expect((await plan.atStripe(ends)).status).toBe("active");
    await money.refund(sam, ends, { paymentId: id });
    await world.delivered();
    expect((await plan.atStripe(ends)).status).toBe("canceled");
    expect(await auditsOf(ends, "plan.ended_by_refund")).toHaveLength(1);
  });

  it("goes on when only an earlier period was given back", async () => {
    decide({ planRefunded: "ends" });
    const ada = await plan.subscriber();
    const { id } = await money.paymentOf(ada);
    await plan.renewal(ada);
    await money.refund(sam, ada, { paymentId: id });
    await world.delivered();
    expect((await plan.atStripe(ada)).status).toBe("active");
  });
});

describe("a purchase whose money is gone", () => {
  const takenBack = ({ tenantId }: Person) =>
    world.rows(
      "SELECT FROM effect WHERE tenant_id = $1 AND kind = 'purchase_taken_back'",
      [tenantId],
    );

  it("is taken back once, when all of it was refunded", async () => {
    const { ada, id } = await money.buyer();
    await money.refund(sam, ada, { paymentId: id, amount: 100 });
    await world.delivered();
    expect(await takenBack(ada)).toHaveLength(0);
    await money.refund(sam, ada, { paymentId: id });
    await world.delivered();
    await world.cron();
    const [row] = await world.rows<{ state: string }>(
      "SELECT state FROM effect WHERE tenant_id = $1 AND kind = 'purchase_taken_back'",
      [ada.tenantId],
    );
    expect(row).toEqual({ state: "done" });
    const [refund] = await money.atStripe(id);
    await world.stripe.refunds.update(refund?.id ?? "", {
      metadata: { seen: "again" },
    });
    await world.delivered();
    expect(await takenBack(ada)).toHaveLength(1);
  });

  it("stays, where the catalogue says so", async () => {
    decide({ purchaseRefunded: "stays" });
    const { ada, id } = await money.buyer();
    await money.refund(sam, ada, { paymentId: id });
    await world.delivered();
    expect(await takenBack(ada)).toHaveLength(0);
  });
});

describe("a warning of fraud", () => {
  it("calls for a person and is shown with the payment", async () => {
    const { ada, id } = await money.buyer(suspected);
    const detail = await getPaymentDetail(ada.tenantId, id);
    expect(detail?.fraudWarning).toMatchObject({ type: "misc" });
    const [event] = await world.rows<{ id: string }>(
      "SELECT id FROM stripe_event WHERE object_id = $1 AND type LIKE 'radar.%'",
      [id],
    );
    const alarms = [
      ...(await alarmsOf(id)),
      ...(await alarmsOf(event?.id ?? "")),
    ];
    expect(alarms).toEqual(["fraud_warning"]);
    expect(await auditsOf(ada, "payment.suspected")).toHaveLength(1);
  });
});
