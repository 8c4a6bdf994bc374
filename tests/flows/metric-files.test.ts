import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as fileRoute } from "@/app/api/admin/metrics/[metric]/route";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
let sam: Person;
beforeAll(async () => {
  world = await startWorld();
  sam = await world.staff();
  await world.buy(await world.person(), "pro_monthly");
});
afterAll(() => world.close());

const today = new Date().toISOString().slice(0, 10);

describe("a metric as a file", () => {
  const get = (person: Person | null, metric: string, query = {}) =>
    world.get(fileRoute, person, { path: { metric }, query });

  it("is a table that a spreadsheet opens, in major units", async () => {
    const answer = await get(sam, "mrr", { period: "12m", until: today });
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="mrr-12m-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const lines = (await answer.text()).split("\r\n");
    expect(lines[0]).toBe(
      "From,currency,At the beginning,New,Reactivation,Expansion,Contraction,Churn,MRR,Lost,Revenue churn",
    );
    expect(lines).toHaveLength(1 + 12 + 1);
    expect(lines.at(-2)).toMatch(
      /^\d{4}-\d\d-01,usd,[\d.,-]+,29\.00,0\.00,(0\.0000)?$/,
    );
  });

  it("is there for staff alone", async () => {
    expect((await get(await world.person("Eve"), "mrr")).status).toBe(404);
    expect((await get(null, "mrr")).status).toBe(404);
  });

  it("is refused where nothing is there, or the time makes no sense", async () => {
    expect((await get(sam, "secrets")).status).toBe(404);
    for (const query of [
      { period: "10y" },
      { until: "9999-01-01" },
      { until: "yesterday" },
      { limit: "1000000000" },
    ])
      expect((await get(sam, "mrr", query)).status).toBe(422);
  });
});
