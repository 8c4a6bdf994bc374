import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const paymentOf = async ({ tenantId }: Person) => {
  const [row] = await world.rows<{
    id: string;
    status: string;
    amount: string;
    amount_captured: string;
    amount_refunded: string;
    disputed: boolean;
    decline_code: string | null;
    card: { last4: string } | null;
  }>("SELECT * FROM payment WHERE tenant_id = $1 ORDER BY created_at DESC", [
    tenantId,
  ]);
  if (!row) throw new Error("no payment");
  return row;
};

const refundsOf = ({ tenantId }: Person) =>
  world.rows<{ status: string; amount: string; failure_reason: string | null }>(
    "SELECT status, amount, failure_reason FROM refund WHERE tenant_id = $1 ORDER BY created_at, id",
    [tenantId],
  );

const auditOf = async ({ tenantId }: Person, action: string) =>
  (
    await world.rows<{ details: { status: string } }>(
      "SELECT details FROM audit_entry WHERE tenant_id = $1 AND action = $2 ORDER BY at, id",
      [tenantId, action],
    )
  ).map((row) => row.details.status);

describe("a payment", () => {
  it("is stored with what it brought in and the card's last four", async () => {
    const ada = await world.person();
    await world.buy(ada, "onboarding_session");
    expect(await paymentOf(ada)).toMatchObject({
      status: "succeeded",
      amount: "14900",
      amount_captured: "14900",
      amount_refunded: "0",
      card: { last4: "4242" },
    });
    const methods = await world.rows(
      "SELECT FROM payment_method WHERE tenant_id = $1 AND NOT detached",
      [ada.tenantId],
    );
    expect(methods.length).toBeLessThanOrEqual(1);
  });

  it("given back in parts is told part by part, each once, however often it is told", async () => {
    const ada = await world.person();
    await world.buy(ada, "onboarding_session");
    const { id } = await paymentOf(ada);
    for (const amount of [4900, 10000]) {
      await world.stripe.refunds.create({ payment_intent: id, amount });
      await world.delivered();
    }
    expect(await paymentOf(ada)).toMatchObject({ amount_refunded: "14900" });
    expect((await refundsOf(ada)).map((row) => row.amount).toSorted()).toEqual([
      "10000",
      "4900",
    ]);
    expect(await auditOf(ada, "refund.changed")).toEqual([
      "succeeded",
      "succeeded",
    ]);
  });

  it("whose refund fails is whole again", async () => {
    const ada = await world.person();
    const { url } = await world.open(ada, { priceId: "onboarding_session" });
    await world.pay(url, "4000000000005126");
    await world.delivered();
    const { id } = await paymentOf(ada);
    await world.stripe.refunds.create({ payment_intent: id });
    await world.control("clock", { advance_seconds: 7 * 86_400 });
    await world.delivered();
    expect((await refundsOf(ada))[0]).toMatchObject({ status: "failed" });
    expect(await paymentOf(ada)).toMatchObject({ amount_refunded: "0" });
  });

  it("that is disputed says so, with the day evidence is due, and calls for a person", async () => {
    const ada = await world.person();
    const { url } = await world.open(ada, { priceId: "onboarding_session" });
    await world.pay(url, "4000000000000259");
    await world.delivered();
    expect(await paymentOf(ada)).toMatchObject({ disputed: true });
    const [dispute] = await world.rows<{
      id: string;
      amount: string;
      evidence_due_by: Date;
    }>("SELECT * FROM dispute WHERE tenant_id = $1", [ada.tenantId]);
    expect(dispute?.amount).toBe("14900");
    expect(dispute?.evidence_due_by).toBeInstanceOf(Date);
    const alarms = await world.rows("SELECT FROM alarm WHERE subject = $1", [
      dispute?.id,
    ]);
    expect(alarms).toHaveLength(1);
  });
});
