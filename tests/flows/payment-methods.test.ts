import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as defaultRoute } from "@/app/api/payment-methods/[paymentMethodId]/default/route";
import { POST as detachRoute } from "@/app/api/payment-methods/[paymentMethodId]/detach/route";
import { POST as addRoute } from "@/app/api/payment-methods/route";
import { getCheckoutResult } from "@/lib/billing/checkout-result";
import { getBillingOverview } from "@/lib/billing/overview";
import { listPaymentMethods } from "@/lib/billing/payment-methods";
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

const mastercard = "5555 5555 5555 4444";

async function add(person: Person, card = mastercard): Promise<string> {
  const answer = await world.post(addRoute, person);
  const { id, url } = (await answer.json()) as { id: string; url: string };
  await world.pay(url, card);
  await world.delivered();
  return id;
}

async function method(person: Person, last4: string): Promise<string> {
  const methods = await listPaymentMethods(person);
  return methods.find(({ card }) => card?.last4 === last4)?.id ?? "";
}

const act = (
  route: typeof defaultRoute,
  person: Person | null,
  paymentMethodId: string,
) => world.post(route, person, {}, { paymentMethodId });

describe("adding a way to pay", () => {
  it("saves it without charging it, and says so on the way back", async () => {
    const ada = await world.person();
    const session = await add(ada);
    expect(await listPaymentMethods(ada)).toMatchObject([
      { card: { brand: "mastercard", last4: "4444" }, isUsed: false },
    ]);
    expect(await getCheckoutResult(contextOf(ada), session)).toEqual({
      state: "confirmed",
      mode: "setup",
      bought: [],
      paid: null,
    });
    const charges = await world.stripe.charges.list({ limit: 100 });
    expect(charges.data).toHaveLength(0);
  });

  it("asked for twice is one page", async () => {
    const ada = await world.person();
    const ask = async () =>
      ((await (await world.post(addRoute, ada)).json()) as { id: string }).id;
    expect(await ask()).toBe(await ask());
  });

  it("is no open checkout that somebody could pay", async () => {
    const ada = await world.person();
    await world.post(addRoute, ada);
    expect((await getBillingOverview(ada)).openCheckouts).toEqual([]);
  });

  it("works by the return page alone while webhooks do not arrive", async () => {
    const ada = await world.person();
    const answer = await world.post(addRoute, ada);
    const { id, url } = (await answer.json()) as { id: string; url: string };
    await world.control("webhooks", { paused: true });
    await world.pay(url, mastercard);
    await getCheckoutResult(contextOf(ada), id);
    expect(await listPaymentMethods(ada)).toHaveLength(1);
    await world.control("webhooks", { paused: false });
    await world.delivered();
  });
});

describe("a saved card", () => {
  it("86: that is chosen pays the plan too, which had one of its own", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    await add(ada);
    const id = await method(ada, "4444");
    const before = await listPaymentMethods(ada);
    expect(before.map((one) => [one.card?.last4, one.isUsed])).toEqual([
      ["4444", false],
      ["4242", true],
    ]);
    expect((await act(defaultRoute, ada, id)).status).toBe(200);
    expect((await act(defaultRoute, ada, id)).status).toBe(200);
    const methods = await listPaymentMethods(ada);
    expect(methods.map((one) => [one.card?.last4, one.isUsed])).toEqual([
      ["4444", true],
      ["4242", false],
    ]);
    await world.control("clock", { advance_seconds: 32 * 86_400 });
    await world.delivered();
    const [charge] = (await world.stripe.charges.list({ limit: 1 })).data;
    expect(charge?.payment_method).toBe(id);
  });

  it("that pays a plan is not removed; another one is, once", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    await add(ada);
    const paying = await act(detachRoute, ada, await method(ada, "4242"));
    expect(paying.status).toBe(409);
    expect(await paying.json()).toMatchObject({
      code: "payment_method_in_use",
    });
    const other = await method(ada, "4444");
    expect((await act(detachRoute, ada, other)).status).toBe(200);
    expect((await act(detachRoute, ada, other)).status).toBe(404);
    expect(await listPaymentMethods(ada)).toHaveLength(1);
    const { customer } = await world.stripe.paymentMethods.retrieve(other);
    expect(customer).toBeNull();
  });

  it("87: that was removed at Stripe meanwhile is gone here too", async () => {
    const ada = await world.person();
    await add(ada);
    const id = await method(ada, "4444");
    await world.control("webhooks", { paused: true });
    await world.stripe.paymentMethods.detach(id);
    expect((await act(detachRoute, ada, id)).status).toBe(404);
    expect(await listPaymentMethods(ada)).toHaveLength(0);
    await world.control("webhooks", { paused: false });
    await world.delivered();
  });

  it("of another workspace is not there, and strangers are not let in", async () => {
    const ada = await world.person();
    await add(ada);
    const id = await method(ada, "4444");
    const bob = await world.person("Bob");
    for (const route of [defaultRoute, detachRoute]) {
      expect((await act(route, bob, id)).status).toBe(404);
      expect((await act(route, null, id)).status).toBe(401);
    }
    const eve = await world.join(ada, await world.person("Eve"), "admin");
    const refused = await world.post(
      detachRoute,
      eve,
      { tenantId: ada.tenantId },
      { paymentMethodId: id },
    );
    expect(refused.status).toBe(403);
  });

  it("says when it will expire, and when it has", async () => {
    const ada = await world.person();
    await add(ada); // expires 12/34
    const at = async (day: string) => {
      const [card] = await listPaymentMethods(ada, new Date(day));
      return [card?.expiresSoon, card?.isExpired];
    };
    expect(await at("2034-11-30")).toEqual([false, false]);
    expect(await at("2034-12-15")).toEqual([true, false]);
    expect(await at("2034-12-31")).toEqual([true, false]);
    expect(await at("2035-01-02")).toEqual([false, true]);
  });
});
