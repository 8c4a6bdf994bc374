import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as customersRoute } from "@/app/api/customers/route";
import { GET as invoiceRoute } from "@/app/api/invoices/[invoiceId]/route";
import { GET as invoicesRoute } from "@/app/api/invoices/route";
import { GET as methodsRoute } from "@/app/api/payment-methods/route";
import { GET as pricesRoute } from "@/app/api/prices/route";
import { GET as purchaseRoute } from "@/app/api/purchases/[purchaseId]/route";
import { GET as purchasesRoute } from "@/app/api/purchases/route";
import { GET as refundsRoute } from "@/app/api/refunds/route";
import { GET as subscriptionsRoute } from "@/app/api/subscriptions/route";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
let ada: Person;
beforeAll(async () => {
  world = await startWorld();
  ada = await world.person();
  await world.buy(ada, "pro_monthly");
  for (const _ of ["one", "two", "three"])
    await world.buy(ada, "onboarding_session");
});
afterAll(() => world.close());

type Page = { data: { id: string }[]; older: string | null };
type Route = Parameters<World["get"]>[0];

async function list(
  route: Route,
  query: Record<string, string> = {},
  person = ada,
): Promise<Page> {
  return (await (await world.get(route, person, { query })).json()) as Page;
}

describe("a list of the API", () => {
  it("is paged by its neighbours: every row once, newest first, though all are of one moment", async () => {
    await world.rows(
      `UPDATE "order" SET created_at = '2026-01-01' WHERE tenant_id = $1`,
      [ada.tenantId],
    );
    const whole = await list(purchasesRoute);
    expect(whole.data).toHaveLength(3);
    expect(whole.older).toBeNull();
    const seen: string[] = [];
    let older: string | null = "";
    while (older !== null) {
      const query: Record<string, string> = older ? { before: older } : {};
      const page: Page = await list(purchasesRoute, { ...query, limit: "2" });
      expect(page.data.length).toBeLessThanOrEqual(2);
      seen.push(...page.data.map(({ id }) => id));
      older = seen.length > 9 ? null : page.older;
    }
    expect(seen).toEqual(whole.data.map(({ id }) => id));
  });

  it.each<Record<string, string>>([
    { before: "yesterday" },
    { before: "2026-13-41T00:00:00.000Z_x" },
    { limit: "0" },
    { limit: "101" },
    { limit: "many" },
    { page: "2" },
  ])("%o is 422, not the first page", async (query) => {
    const answer = await world.get(purchasesRoute, ada, { query });
    expect(answer.status).toBe(422);
  });

  it.each<[string, Route]>([
    ["customers", customersRoute],
    ["invoices", invoicesRoute],
    ["payment methods", methodsRoute],
    ["purchases", purchasesRoute],
    ["refunds", refundsRoute],
    ["subscriptions", subscriptionsRoute],
  ])(
    "of %s is the workspace's own, for its billing alone",
    async (name, route) => {
      const count = name === "refunds" ? 0 : name === "purchases" ? 3 : 1;
      expect((await list(route)).data.length).toBeGreaterThanOrEqual(count);
      const bob = await world.person("Bob");
      expect(await list(route, {}, bob)).toEqual({ data: [], older: null });
      const query = { tenantId: ada.tenantId };
      expect((await world.get(route, bob, { query })).status).toBe(404);
      const eve = await world.join(ada, await world.person("Eve"), "member");
      expect((await world.get(route, eve, { query })).status).toBe(403);
    },
  );

  it("of invoices can be narrowed to a state", async () => {
    const paid = await list(invoicesRoute, { status: "paid" });
    expect(paid.data.length).toBeGreaterThan(0);
    expect(await list(invoicesRoute, { status: "open" })).toEqual({
      data: [],
      older: null,
    });
  });

  it("of prices is what this workspace may buy now", async () => {
    const { data } = (await list(pricesRoute)) as unknown as {
      data: { lookupKey: string; amount: string }[];
    };
    expect(data).toContainEqual(
      expect.objectContaining({ lookupKey: "pro_monthly", amount: "2900" }),
    );
    await world.rows(
      "INSERT INTO tenant_hidden_price (tenant_id, lookup_key, created_by) VALUES ($1, 'pro_yearly', 'sam')",
      [ada.tenantId],
    );
    const keys = JSON.stringify(await list(pricesRoute));
    expect(keys).not.toContain("pro_yearly");
  });
});

describe("one of them", () => {
  it.each<[string, Route, Route, string]>([
    ["invoice", invoicesRoute, invoiceRoute, "invoiceId"],
    ["purchase", purchasesRoute, purchaseRoute, "purchaseId"],
  ])(
    "%s is retrieved by its own workspace alone",
    async (_, all, one, name) => {
      const [first] = (await list(all)).data;
      const path = { [name]: first?.id ?? "" };
      const answer = await world.get(one, ada, { path });
      expect(await answer.json()).toEqual(first);
      const bob = await world.person("Bob");
      expect((await world.get(one, bob, { path })).status).toBe(404);
      const none = { path: { [name]: "none" } };
      expect((await world.get(one, ada, none)).status).toBe(404);
    },
  );
});
