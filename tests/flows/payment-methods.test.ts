import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as defaultRoute } from "@/app/api/payment-methods/[paymentMethodId]/default/route";
import { POST as editRoute } from "@/app/api/payment-methods/[paymentMethodId]/billing-details/route";
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

describe("the billing details of a saved card", () => {
  it("are changed at Stripe alone; here stand brand, last four and expiry", async () => {
    const ada = await world.person();
    await add(ada);
    const id = await method(ada, "4444");
    const change = {
      name: "Ada King",
      city: "London",
      country: "GB",
      phone: "",
    };
    const until = { expMonth: "3", expYear: "2040" };
    for (const body of [{ ...change, ...until }, change])
      expect((await edit(ada, id, body)).status).toBe(200);
    const { billing_details: details } =
      await world.stripe.paymentMethods.retrieve(id);
    expect(details).toMatchObject({
      name: "Ada King",
      address: { city: "London", country: "GB" },
    });
    const [row] = await world.rows(
      "SELECT * FROM payment_method WHERE tenant_id = $1",
      [ada.tenantId],
    );
    expect(row).toMatchObject({
      card: { brand: "mastercard", last4: "4444", expMonth: 3, expYear: 2040 },
    });
    expect(JSON.stringify(row)).not.toMatch(/King|London/);
    await world.delivered();
  });

  it("whose answer was lost can be sent again", async () => {
    const ada = await world.person();
    await add(ada);
    const id = await method(ada, "4444");
    await world.loseAnswer(`/v1/payment_methods/${id}`);
    expect((await edit(ada, id, { name: "Ada King" })).status).toBe(503);
    expect((await edit(ada, id, { name: "Ada King" })).status).toBe(200);
  });

  it("are refused where they make no sense, and are nobody else's to change", async () => {
    const ada = await world.person();
    await add(ada);
    const id = await method(ada, "4444");
    for (const wrong of [
      { expMonth: "3" },
      { expMonth: 13, expYear: 2040 },
      { email: "nobody" },
      { country: "Britain" },
      { number: mastercard },
    ])
      expect((await edit(ada, id, wrong)).status).toBe(422);
    const bob = await world.person("Bob");
    expect((await edit(bob, id, { name: "Bob" })).status).toBe(404);
    expect((await edit(null, id, { name: "Bob" })).status).toBe(401);
    const eve = await world.join(ada, await world.person("Eve"), "admin");
    const { tenantId } = ada;
    expect((await edit(eve, id, { tenantId, name: "E" })).status).toBe(403);
    const { billing_details: details } =
      await world.stripe.paymentMethods.retrieve(id);
    expect(details.name).not.toMatch(/Bob|E$/);
  });
});

function edit(person: Person | null, paymentMethodId: string, body: object) {
  return world.post(editRoute, person, body, { paymentMethodId });
}

describe("a saved card", () => {
  it("86, 87: that its network has replaced is shown so wherever it pays", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const id = await method(ada, "4242");
    expect((await act(defaultRoute, ada, id)).status).toBe(200);
    await world.control("cards", {
      payment_method: id,
      number: "5555555555554444",
    });
    await world.delivered();
    const shown = { card: { brand: "mastercard", last4: "4444" } };
    expect(await listPaymentMethods(ada)).toMatchObject([{ id, ...shown }]);
    const { subscriptions, savedCard } = await getBillingOverview(ada);
    expect(subscriptions).toMatchObject([shown]);
    expect(savedCard).toMatchObject(shown.card);
  });

  it("86: that is chosen pays the plan too, which had one of its own", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    await add(ada);
    const id = await method(ada, "4444");
    const used = async () =>
      (await listPaymentMethods(ada))
        .filter(({ isUsed }) => isUsed)
        .map(({ card }) => card?.last4);
    expect(await used()).toEqual(["4242"]);
    expect((await act(defaultRoute, ada, id)).status).toBe(200);
    expect((await act(defaultRoute, ada, id)).status).toBe(200);
    expect(await used()).toEqual(["4444"]);
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
    for (const _ of [1, 2])
      expect((await act(detachRoute, ada, other)).status).toBe(200);
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
