import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { billingRoles } from "@/lib/emails/recipients";
import { matrix, roles } from "@/lib/auth/permissions";
import { mailActs, type MailActs } from "@/tests/support/mail-acts";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
let acts: MailActs;
beforeAll(async () => {
  world = await startWorld({ mail: true });
  acts = mailActs(world);
});
afterAll(() => world.close());

async function mailEffects(person: Person) {
  return world.rows<{ kind: string; state: string; last_error: string | null }>(
    "SELECT kind, state, last_error FROM effect WHERE tenant_id = $1 AND kind LIKE 'mail.%' AND payload ? 'addressee' ORDER BY id",
    [person.tenantId],
  );
}

const makeDue = (person: Person) =>
  world.rows(
    "UPDATE effect SET next_try_at = now() - interval '1 second' WHERE tenant_id = $1",
    [person.tenantId],
  );

describe("who pays is told", () => {
  it("of a paid plan, once, whatever comes again", async () => {
    const ada = await world.confirmed();
    await world.buy(ada, "pro_monthly");
    await acts.settled();
    expect(await acts.subjects(ada.email)).toEqual(["You paid $29.00 for Pro"]);
    const [mail] = await world.mails(ada.email);
    expect(mail?.text).toMatch(/Pro \(at \$29\.00 \/ month\), .* +\$29\.00/);
    expect(mail?.text).toMatch(/Invoice +[A-Z0-9]+-0001/);
    expect(mail?.text).toMatch(
      /See the invoice http:\/\/localhost:\d+\/i\/in_/,
    );
    expect(mail?.html).toContain("You paid $29.00");
    await acts.redeliver(ada);
    expect(await acts.subjects(ada.email)).toHaveLength(1);
  });

  it("of a one-time purchase, with what it was", async () => {
    const ada = await world.confirmed();
    await world.buy(ada, "onboarding_session", 2);
    await acts.settled();
    expect(await acts.subjects(ada.email)).toEqual([
      "You paid $298.00 for Onboarding session",
    ]);
    const [mail] = await world.mails(ada.email);
    expect(mail?.text).toMatch(/See the receipt http:/);
  });

  it("82: of a refund on its way, and, should it fail in the end, of that: once each", async () => {
    const ada = await world.confirmed();
    const { url } = await world.open(ada, { priceId: "onboarding_session" });
    await world.pay(url, "4000000000005126"); // refunds of it fail in the end
    await world.delivered();
    const [payment] = await world.rows<{ id: string }>(
      "SELECT id FROM payment WHERE tenant_id = $1",
      [ada.tenantId],
    );
    await world.stripe.refunds.create({
      payment_intent: payment?.id ?? "",
      amount: 4900,
    });
    await acts.settled();
    const told = [
      "You paid $149.00 for Onboarding session",
      "$49.00 refunded of your payment of $149.00",
    ];
    expect(await acts.subjects(ada.email)).toEqual(told);
    await world.control("clock", { advance_seconds: 7 * 86_400 });
    await acts.settled();
    await acts.redeliver(ada);
    expect(await acts.subjects(ada.email)).toEqual([
      ...told,
      "Your refund of $49.00 did not arrive",
    ]);
    const [mail] = await world.mails(ada.email);
    expect(mail?.text).toMatch(/card .* has expired, .* came back to us/);
    expect(mail?.text).toContain("We will write to you about another way");
  });

  it("each by a mail of their own: owners and billing, with a confirmed address, and no others", async () => {
    const ada = await world.confirmed();
    const others = {
      owner: await world.confirmed("Olga"),
      billing: await world.confirmed("Bill"),
      admin: await world.confirmed("Adam"),
      member: await world.confirmed("Mem"),
    };
    const unconfirmed = await world.person("Una");
    for (const [role, person] of Object.entries(others))
      await world.join(ada, person, role);
    await world.join(ada, unconfirmed, "owner");
    await world.buy(ada, "pro_monthly");
    await acts.settled();
    for (const person of [ada, others.owner, others.billing])
      expect(await acts.subjects(person.email)).toEqual([
        "You paid $29.00 for Pro",
      ]);
    for (const person of [others.admin, others.member, unconfirmed])
      expect(await acts.subjects(person.email)).toEqual([]);
    const [mail] = await world.mails(ada.email);
    expect(mail?.to).toEqual([ada.email]);
  });

  it("at the address for invoices too, even if no member has confirmed one", async () => {
    const ada = await world.person();
    const books = `books-${ada.userId.toLowerCase()}@example.com`;
    const { url } = await world.open(ada, {
      priceId: "pro_monthly",
      customerEmail: books,
    });
    await world.pay(url);
    await acts.settled();
    expect(await acts.subjects(books)).toEqual(["You paid $29.00 for Pro"]);
    expect(await acts.subjects(ada.email)).toEqual([]);
  });

  it("the roles that are told are those that may pay", () => {
    const payers = roles.filter((role) =>
      matrix[role].includes("billing.write"),
    );
    expect(billingRoles.toSorted()).toEqual(payers.toSorted());
  });

  it("of a cancellation, once", async () => {
    const ada = await world.confirmed();
    await world.buy(ada, "pro_monthly");
    await acts.settled();
    const { id } = await acts.subscriptionOf(ada);
    await world.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await acts.settled();
    const [, cancelled] = await acts.subjects(ada.email);
    expect(cancelled).toMatch(
      /^Pro is cancelled: you keep it until \d+ \w+ \d{4}$/,
    );
    await acts.redeliver(ada);
    expect(await acts.subjects(ada.email)).toHaveLength(2);
  });

  it("not of a cancellation that was taken back before the mail went", async () => {
    const eve = await world.confirmed("Eve");
    await world.buy(eve, "pro_monthly");
    await acts.settled();
    const hers = await acts.subscriptionOf(eve);
    world.refused.add(eve.email);
    await world.stripe.subscriptions.update(hers.id, {
      cancel_at_period_end: true,
    });
    await acts.settled();
    await world.stripe.subscriptions.update(hers.id, {
      cancel_at_period_end: false,
    });
    await acts.settled();
    world.refused.delete(eve.email);
    await makeDue(eve);
    await acts.settled();
    expect(await acts.subjects(eve.email)).toEqual(["You paid $29.00 for Pro"]);
  });

  it("of an end at once, that nobody was told of before", async () => {
    const ada = await world.confirmed();
    await world.buy(ada, "pro_monthly");
    await acts.settled();
    await world.stripe.subscriptions.cancel(
      (await acts.subscriptionOf(ada)).id,
    );
    await acts.settled();
    expect(await acts.subjects(ada.email)).toEqual([
      "You paid $29.00 for Pro",
      "Pro has ended",
    ]);
  });

  it("of another plan: what it was, what it is and costs", async () => {
    const ada = await world.confirmed();
    await world.buy(ada, "pro_monthly");
    await acts.settled();
    const subscription = await acts.subscriptionOf(ada);
    const [price] = (
      await world.stripe.prices.list({ lookup_keys: ["business_monthly"] })
    ).data;
    const [item] = subscription.items.data;
    await world.stripe.subscriptions.update(subscription.id, {
      items: [{ id: item?.id ?? "", price: price?.id ?? "" }],
      proration_behavior: "none",
    });
    await acts.settled();
    expect(await acts.subjects(ada.email)).toContain(
      "Your plan is now Business, $99.00 a month",
    );
    const [mail] = (await world.mails(ada.email)).filter(({ subject }) =>
      subject.includes("Business, "),
    );
    expect(mail?.text).toMatch(/Before +Pro, \$29\.00 a month/);
    await acts.redeliver(ada);
    const all = await acts.subjects(ada.email);
    expect(all.filter((subject) => subject.includes("Your plan"))).toHaveLength(
      1,
    );
  });
});

describe("a mail that the server does not take", () => {
  it("is sent later, as the same message, and nobody else gets theirs twice", async () => {
    const ada = await world.confirmed();
    const bill = await world.confirmed("Bill");
    await world.join(ada, bill, "billing");
    world.refused.add(bill.email);
    await world.buy(ada, "pro_monthly");
    await acts.settled();
    expect(await acts.subjects(ada.email)).toHaveLength(1);
    expect(await acts.subjects(bill.email)).toEqual([]);
    const states = (await mailEffects(ada)).map(({ state }) => state);
    expect(states.toSorted()).toEqual(["done", "pending"]);
    world.refused.delete(bill.email);
    await makeDue(ada);
    await acts.settled();
    expect(await acts.subjects(bill.email)).toHaveLength(1);
    expect(await acts.subjects(ada.email)).toHaveLength(1);
    const [mail] = await world.mails(bill.email);
    const [{ id } = { id: "" }] = await world.rows<{ id: string }>(
      "SELECT id FROM effect WHERE tenant_id = $1 AND payload->'addressee'->>'userId' = $2",
      [ada.tenantId, bill.userId],
    );
    expect(mail?.messageId).toBe(`<${id}@localhost>`);
  });

  it("is dead after the last attempt, and stays to be seen", async () => {
    const ada = await world.confirmed();
    world.refused.add(ada.email);
    await world.buy(ada, "pro_monthly");
    await acts.settled();
    await world.rows(
      "UPDATE effect SET attempts = 9, next_try_at = now() - interval '1 second' WHERE tenant_id = $1 AND finished_at IS NULL",
      [ada.tenantId],
    );
    await acts.settled();
    expect(await mailEffects(ada)).toMatchObject([
      { kind: "mail.receipt", state: "dead", last_error: "Error" },
    ]);
  });

  it("is not sent to somebody who has left meanwhile", async () => {
    const ada = await world.confirmed();
    const bill = await world.confirmed("Bill");
    await world.join(ada, bill, "billing");
    world.refused.add(bill.email);
    await world.buy(ada, "pro_monthly");
    await acts.settled();
    world.refused.delete(bill.email);
    await world.rows(
      "DELETE FROM membership WHERE tenant_id = $1 AND user_id = $2",
      [ada.tenantId, bill.userId],
    );
    await makeDue(ada);
    await acts.settled();
    expect(await acts.subjects(bill.email)).toEqual([]);
  });
});
