import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { POST as makeRoute } from "@/app/api/api-keys/route";
import { createClient, Refused } from "@/docs/client/client";
import { everyRoute, type Route } from "@/tests/support/every-route";
import { startWorld, type Person, type World } from "@/tests/support/world";

type Handler = (
  request: Request,
  path: { params: Promise<Record<string, string>> },
) => Promise<Response>;

let world: World;
let routes: Route[];
beforeAll(async () => {
  world = await startWorld();
  routes = await everyRoute();
});
afterAll(() => world.close());

/** The app's own handlers, found by address as Next finds them: a fixed name before a [variable] one. */
async function send(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const found = routes
    .filter(({ method }) => method === request.method)
    .toSorted((a, b) => a.path.split("{").length - b.path.split("{").length)
    .flatMap((route) => {
      const pattern = route.path.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)");
      const match = new RegExp(`^${pattern}$`).exec(pathname);
      return match ? [{ route, params: { ...match.groups } }] : [];
    })[0];
  if (!found) return new Response("no such page", { status: 404 });
  const url = pathToFileURL(resolve(found.route.file)).href;
  const handlers = (await import(url)) as Record<string, Handler>;
  const handler = handlers[request.method];
  if (!handler) throw new Error(`no ${request.method} in ${url}`);
  return handler(request, { params: Promise.resolve(found.params) });
}

async function clientOf(person: Person) {
  const answer = await world.post(makeRoute, person, {
    name: "client",
    billing: "write",
  });
  const { key } = (await answer.json()) as { key: string };
  return createClient({ origin: "http://localhost:3000", key, fetch: send });
}

it("the client of the documentation buys a plan, looks at it, and ends it", async () => {
  const ask = await clientOf(await world.person());
  const prices = await ask("GET /api/prices");
  const price = prices.data.find(({ productName }) => productName === "Pro");
  const checkout = await ask("POST /api/checkout", {
    body: {
      priceId: price?.lookupKey ?? "",
      customerEmail: "buyer@example.com", // a key is nobody whose address could be taken
    },
  });
  await world.pay(checkout.url);
  await world.delivered();
  const [plan] = (await ask("GET /api/subscriptions")).data;
  expect(plan).toMatchObject({ status: "active", currency: "usd" });
  const path = { subscriptionId: plan?.id ?? "" };
  const ended = await ask("POST /api/subscriptions/{subscriptionId}/cancel", {
    path,
    body: { when: "period_end" },
    idempotencyKey: crypto.randomUUID(),
  });
  expect(ended.state).toBe("ending");
  const one = await ask("GET /api/subscriptions/{subscriptionId}", { path });
  expect(one.cancelAt ?? one.cancelAtPeriodEnd).toBeTruthy();
  const invoices = await ask("GET /api/invoices", { query: { limit: 1 } });
  expect(invoices.data).toMatchObject([{ status: "paid" }]);
});

it("the client of the documentation is told why it is refused", async () => {
  const ask = await clientOf(await world.person());
  const asked = ask("POST /api/checkout", { body: { priceId: "nothing" } });
  const refused: unknown = await asked.catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refused);
  expect(refused).toMatchObject({
    problem: { status: 422, code: "unknown_price" },
  });
});
