import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { POST as chargeRoute } from "@/app/api/admin/tenants/[tenantId]/charges/route";
import { POST as planRoute } from "@/app/api/admin/tenants/[tenantId]/subscriptions/route";
import { POST as editRoute } from "@/app/api/payment-methods/[paymentMethodId]/billing-details/route";
import { decodeFlash } from "@/lib/platform/flash";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
let sam: Person;
beforeAll(async () => {
  world = await startWorld();
  sam = await world.staff();
});
afterAll(() => world.close());

type Fields = Record<string, string>;

/** As a browser without JavaScript posts a form; answers with what stands in it again once it was refused. */
async function typedAgain(
  route: typeof chargeRoute,
  person: Person,
  { path, fields }: { path: Fields; fields: Fields },
): Promise<Fields | undefined> {
  const origin = "http://localhost:3000";
  const request = new Request(`${origin}/api`, {
    method: "POST",
    headers: {
      cookie: person.cookie,
      origin,
      referer: `${origin}/t/${person.slug}/billing`,
      accept: "text/html",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams(fields),
  });
  const answer = await route(request, { params: Promise.resolve(path) });
  const cookie = answer.headers.get("set-cookie") ?? "";
  return decodeFlash(/turnpike_flash=([^;]*)/.exec(cookie)?.[1])?.values;
}

it("a payment asked for in vain keeps its currency with its amount", async () => {
  const { tenantId } = await world.person();
  const typed = {
    description: "Migration of your data",
    amount: "450,00",
    currency: "eur",
    collect: "saved_card",
  };
  const fields = { ...typed, requestKey: randomUUID() };
  expect(
    await typedAgain(chargeRoute, sam, { path: { tenantId }, fields }),
  ).toEqual(typed);
});

it("a plan begun in vain keeps its terms", async () => {
  const { tenantId } = await world.person();
  const typed = {
    priceId: "business_yearly",
    trialDays: "731",
    billingCycleAnchor: "",
    prorationBehavior: "none",
  };
  const fields = { ...typed, requestKey: randomUUID() };
  expect(
    await typedAgain(planRoute, sam, { path: { tenantId }, fields }),
  ).toEqual(typed);
});

it("a saved card edited in vain keeps its expiry with its address", async () => {
  const ada = await world.person();
  const paymentMethodId = "pm_123";
  const typed = {
    paymentMethodId,
    expMonth: "7",
    expYear: "1999",
    name: "Ada Buyer",
    line1: "1 High Street",
    postalCode: "12345",
    city: "Berlin",
    country: "DE",
  };
  const fields = { ...typed, tenantId: ada.tenantId };
  expect(
    await typedAgain(editRoute, ada, { path: { paymentMethodId }, fields }),
  ).toEqual(typed);
});
