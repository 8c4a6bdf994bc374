import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requireFeature } from "@/lib/entitlements/check";
import {
  createProject,
  getProjectsPage,
  getReport,
} from "@/lib/projects/projects";
import { contextOf, startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

describe("a plan's limit", () => {
  it("holds against simultaneous additions, and rises with the plan", async () => {
    const ada = await world.person();
    const add = (name: string) => createProject(contextOf(ada), { name });
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => add(`p${n}`)),
    );
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(5);
    expect(refused[0]?.reason).toMatchObject({ code: "limit_reached" });
    expect((await getProjectsPage(ada)).total).toBe(3);
    await world.buy(ada, "pro_monthly");
    await add("one more");
    expect((await getProjectsPage(ada)).projects).toHaveLength(4);
  });
});

describe("a plan's feature", () => {
  it("is closed before the purchase and open after it", async () => {
    const ada = await world.person();
    await expect(requireFeature(ada, "reports")).rejects.toMatchObject({
      code: "feature_not_in_plan",
    });
    expect(await getReport(ada, 8)).toBeNull();
    await world.buy(ada, "pro_monthly");
    await requireFeature(ada, "reports");
    await createProject(contextOf(ada), { name: "first" });
    const weeks = await getReport(ada, 8);
    expect(weeks?.map((week) => week.count)).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
  });
});
