import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  findCheckoutTenant,
  getCheckoutResult,
} from "@/lib/billing/checkout-result";
import { getBillingOverview } from "@/lib/billing/overview";
import { getRecovery } from "@/lib/billing/recovery";
import {
  contextOf,
  startWorld,
  type Person,
  type World,
} from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const onboarding = { priceId: "onboarding_session" };

/** A checkout that was begun and left to expire. */
async function expired(person: Person, body?: object) {
  const { id } = await world.open(person, body);
  await world.stripe.checkout.sessions.expire(id);
  await world.delivered();
  return id;
}

async function recovery(person: Person, id: string) {
  return getRecovery(contextOf(person), id);
}

/** Follows the recovery link as a browser does; the address of the copy. */
async function follow(person: Person, id: string): Promise<string> {
  const found = await recovery(person, id);
  const answer = await fetch(found?.url ?? "", { redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "", found?.url).href;
}

function copyId(url: string) {
  return url.split("/").at(-1) ?? "";
}

function livePlans({ tenantId }: Person) {
  return world.rows(
    "SELECT id FROM subscription WHERE tenant_id = $1 AND status = 'active'",
    [tenantId],
  );
}

function alarms({ tenantId }: Person) {
  return world.rows(
    "SELECT id FROM audit_entry WHERE tenant_id = $1 AND action = 'subscription.doubled'",
    [tenantId],
  );
}

describe("an expired checkout", () => {
  it("can be taken up again for a month, and what was paid in the copy is there", async () => {
    const ada = await world.person();
    const id = await expired(ada);
    const found = await recovery(ada, id);
    expect(found?.expiresAt.getTime()).toBeGreaterThan(
      Date.now() + 29 * 86_400_000,
    );
    const url = await follow(ada, id);
    await world.pay(url);
    await world.delivered();
    expect(await livePlans(ada)).toHaveLength(1);
    const [copy] = await world.rows(
      "SELECT recovered_from, status FROM checkout_session WHERE id = $1",
      [copyId(url)],
    );
    expect(copy).toEqual({ recovered_from: id, status: "complete" });
    expect(await recovery(ada, id)).toBeNull();
  });

  it("whose copy was paid is found on the way back, although no webhook came", async () => {
    const ada = await world.person();
    const id = await expired(ada);
    const url = await follow(ada, id);
    await world.control("webhooks", { paused: true });
    await world.pay(url);
    expect(await findCheckoutTenant(copyId(url))).toBe(ada.tenantId);
    expect(await getCheckoutResult(contextOf(ada), copyId(url))).toMatchObject({
      state: "confirmed",
      bought: ["Pro"],
    });
    await world.control("webhooks", { paused: false });
    await world.delivered();
  });

  it("is not offered while something newer is open, nor once the plan is there", async () => {
    const ada = await world.person();
    const id = await expired(ada);
    const { url } = await world.open(ada, { priceId: "pro_yearly" });
    expect(await recovery(ada, id)).toBeNull();
    await world.pay(url);
    await world.delivered();
    expect(await recovery(ada, id)).toBeNull();
  });

  it("of a one-time purchase is offered beside a plan, until its copy was paid", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const id = await expired(ada, onboarding);
    const url = await follow(ada, id);
    await world.pay(url);
    await world.delivered();
    expect((await getBillingOverview(ada)).orders).toHaveLength(1);
    expect(await recovery(ada, id)).toBeNull();
  });

  it("is nobody else's", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    const id = await expired(bob);
    expect(await recovery(ada, id)).toBeNull();
    expect(await findCheckoutTenant(`cs_test_${"x".repeat(58)}`)).toBeNull();
  });
});

describe("a copy beside a new checkout", () => {
  it("is ended when the new one begins, so that only one can be paid", async () => {
    const ada = await world.person();
    const id = await expired(ada);
    const copy = copyId(await follow(ada, id));
    await world.open(ada, { priceId: "pro_yearly" });
    const { status } = await world.stripe.checkout.sessions.retrieve(copy);
    expect(status).toBe("expired");
  });

  it("that was paid meanwhile refuses the new one", async () => {
    const ada = await world.person();
    const id = await expired(ada);
    await world.control("webhooks", { paused: true });
    await world.pay(await follow(ada, id));
    const answer = await world.checkout(ada, { priceId: "pro_yearly" });
    expect(await answer.json()).toMatchObject({ code: "already_subscribed" });
    await world.control("webhooks", { paused: false });
    await world.delivered();
    expect(await livePlans(ada)).toHaveLength(1);
  });

  it("that is opened later and paid too raises the alarm, once, and is undone", async () => {
    const ada = await world.person();
    const id = await expired(ada);
    const link = (await recovery(ada, id))?.url ?? "";
    await world.buy(ada, "pro_yearly");
    expect(await alarms(ada)).toHaveLength(0);
    const answer = await fetch(link, { redirect: "manual" });
    const url = new URL(answer.headers.get("location") ?? "", link).href;
    await world.pay(url);
    await world.delivered();
    expect(await alarms(ada)).toHaveLength(1);
    expect(await livePlans(ada)).toHaveLength(1);
    expect((await getBillingOverview(ada)).subscriptions).toHaveLength(1);
  });
});
