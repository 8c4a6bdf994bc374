import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { getPaymentHistory } from "@/lib/billing/history";
import { moneyBack } from "@/lib/catalog/money-back";
import { password } from "@/tests/support/make-person";
import { refusalOf } from "@/tests/support/plan-acts";
import { refundActs } from "@/tests/support/refund-acts";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld({ mail: true });
});
afterAll(() => world.close());

const asShipped = { ...moneyBack };
afterEach(() => Object.assign(moneyBack, asShipped));

/** As an owner of the deployment writes who lets people take their money back. */
const offer = (selfService = { days: 14, caps: { usd: 20_000 } }) =>
  Object.assign(moneyBack, { selfService });

const money = refundActs(() => world);

/** Somebody with a confirmed address who has paid 149.00. */
async function buyer() {
  const ada = await world.confirmed();
  await world.buy(ada, "onboarding_session");
  return { ada, paymentId: (await money.paymentOf(ada)).id };
}

describe("taking one's own money back", () => {
  it("is not offered, as the catalogue is shipped", async () => {
    const { ada, paymentId } = await buyer();
    const answer = await money.takeBack(ada, { paymentId });
    expect(await refusalOf(answer)).toEqual([403, "refunds_not_offered"]);
    const { rows } = await getPaymentHistory(ada, 1);
    expect(rows).toMatchObject([{ id: paymentId, takeBackUntil: null }]);
    expect(await money.atStripe(paymentId)).toEqual([]);
  });

  it("works once for an owner where it is offered, is written down, and is told by mail", async () => {
    offer();
    const { ada, paymentId } = await buyer();
    const [shown] = (await getPaymentHistory(ada, 1)).rows;
    expect(shown?.takeBackUntil).toBeInstanceOf(Date);
    const wish = { paymentId, requestKey: randomUUID() };
    expect((await money.takeBack(ada, wish)).status).toBe(200);
    expect((await money.takeBack(ada, wish)).status).toBe(200);
    expect(await money.atStripe(paymentId)).toMatchObject([
      { amount: 14900, reason: "requested_by_customer" },
    ]);
    expect(await refusalOf(await money.takeBack(ada, { paymentId }))).toEqual([
      409,
      "already_refunded",
    ]);
    const [now] = (await getPaymentHistory(ada, 1)).rows;
    expect(now?.takeBackUntil).toBeNull();
    const audit = await world.rows(
      "SELECT FROM audit_entry WHERE tenant_id = $1 AND action = 'refund.asked' AND actor_kind = 'user' AND actor_id = $2",
      [ada.tenantId, ada.userId],
    );
    expect(audit).toHaveLength(1);
    await world.delivered();
    await world.cron();
    const told = (await world.mails(ada.email)).filter(({ subject }) =>
      subject.includes("refunded"),
    );
    expect(told.map(({ subject }) => subject)).toEqual([
      "$149.00 refunded of your payment of $149.00",
    ]);
  });

  it("is an owner's alone, with a confirmed address, of their own workspace", async () => {
    offer();
    const { ada, paymentId } = await buyer();
    const { tenantId } = ada;
    for (const role of ["admin", "billing", "member", "viewer"]) {
      const eve = await world.join(ada, await world.confirmed("Eve"), role);
      expect(
        await refusalOf(await money.takeBack(eve, { paymentId, tenantId })),
      ).toEqual([403, "forbidden"]);
    }
    const bob = await world.confirmed("Bob");
    expect(await refusalOf(await money.takeBack(bob, { paymentId }))).toEqual([
      404,
      "not_found",
    ]);
    expect((await money.takeBack(null, { paymentId })).status).toBe(401);
    await world.rows('UPDATE "user" SET email_verified = false WHERE id = $1', [
      ada.userId,
    ]);
    expect(await refusalOf(await money.takeBack(ada, { paymentId }))).toEqual([
      403,
      "email_not_verified",
    ]);
    expect(await money.atStripe(paymentId)).toEqual([]);
  });

  it("takes a sign-in of the last 15 minutes, or the password", async () => {
    offer();
    const { ada, paymentId } = await buyer();
    await money.signedInAgo(ada, 16);
    expect(await refusalOf(await money.takeBack(ada, { paymentId }))).toEqual([
      403,
      "reauth_required",
    ]);
    const guess = { paymentId, password: "not this one" };
    expect(await refusalOf(await money.takeBack(ada, guess))).toEqual([
      422,
      "wrong_password",
    ]);
    const answer = await money.takeBack(ada, { paymentId, password });
    expect(answer.status).toBe(200);
  });

  it("ends with the days, and with the cap of one workspace", async () => {
    offer();
    const { ada, paymentId } = await buyer();
    offer({ days: 0, caps: { usd: 20_000 } });
    expect(await refusalOf(await money.takeBack(ada, { paymentId }))).toEqual([
      403,
      "refunds_not_offered",
    ]);
    offer({ days: 14, caps: { usd: 14_899 } });
    expect(await refusalOf(await money.takeBack(ada, { paymentId }))).toEqual([
      403,
      "refund_cap_reached",
    ]);
    const part = { paymentId, amount: 14_000 };
    expect((await money.takeBack(ada, part)).status).toBe(200);
    expect(
      await refusalOf(await money.takeBack(ada, { paymentId, amount: 900 })),
    ).toEqual([403, "refund_cap_reached"]);
    offer({ days: 14, caps: {} as { usd: number } });
    expect(
      await refusalOf(await money.takeBack(ada, { paymentId, amount: 1 })),
    ).toEqual([403, "refunds_not_offered"]);
  });

  it("names no reason, no metadata and no other amount than what is left", async () => {
    offer();
    const { ada, paymentId } = await buyer();
    for (const extra of [
      { reason: "fraudulent" },
      { metadata: { a: "b" } },
      { amount: 0 },
      { amount: 14_901 },
    ]) {
      const answer = await money.takeBack(ada, { paymentId, ...extra });
      expect([409, 422]).toContain(answer.status);
    }
    expect(await money.atStripe(paymentId)).toEqual([]);
  });
});
