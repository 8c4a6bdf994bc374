import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mailActs, type MailActs } from "@/tests/support/mail-acts";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
let acts: MailActs;
beforeAll(async () => {
  world = await startWorld({ mail: true });
  acts = mailActs(world);
});
afterAll(() => world.close());

describe("in the course of time", () => {
  const day = 86_400;
  const advance = async (days: number) => {
    await world.control("clock", { advance_seconds: days * day });
    await acts.settled();
  };

  it("each failed attempt at a renewal has its mail, with the next day, and the link to pay", async () => {
    const ada = await world.confirmed();
    await world.buy(ada, "pro_monthly");
    await acts.settled();
    const { customer, id } = await acts.subscriptionOf(ada);
    const card = await world.stripe.paymentMethods.attach(
      "pm_card_chargeCustomerFail",
      { customer: customer as string },
    );
    await world.stripe.subscriptions.update(id, {
      default_payment_method: card.id,
    });
    await advance(32);
    const failed = "Your payment of $29.00 failed";
    expect((await acts.subjects(ada.email)).slice(1)).toEqual([failed]);
    const [first] = await world.mails(ada.email);
    expect(first?.text).toMatch(/Next attempt +\d+ \w+ \d{4}/);
    expect(first?.text).toMatch(/Pay \$29\.00 http:\/\/localhost:\d+\/i\/in_/);
    await acts.redeliver(ada);
    expect((await acts.subjects(ada.email)).slice(1)).toEqual([failed]);
    await advance(6);
    const later = (await acts.subjects(ada.email)).slice(1);
    expect(later.length).toBeGreaterThan(1);
    expect(new Set(later)).toEqual(new Set([failed]));
  });

  it("three days before a trial ends, with what it will cost", async () => {
    const ada = await world.confirmed();
    const customer = await acts.customerOf(ada);
    const [price] = (
      await world.stripe.prices.list({ lookup_keys: ["pro_monthly"] })
    ).data;
    await world.stripe.subscriptions.create({
      customer,
      items: [{ price: price?.id ?? "" }],
      trial_period_days: 14,
    });
    await advance(10);
    expect(await acts.subjects(ada.email)).toEqual([]);
    await advance(2);
    const [subject] = await acts.subjects(ada.email);
    expect(subject).toMatch(/^Your Pro trial ends on \d+ \w+ \d{4}$/);
    const [mail] = await world.mails(ada.email);
    expect(mail?.text).toMatch(/Price from then on +\$29\.00 a month/);
    expect(mail?.text).toContain("There is no payment method yet");
    await acts.redeliver(ada);
    expect(await acts.subjects(ada.email)).toHaveLength(1);
  });
});
