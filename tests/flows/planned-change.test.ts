import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findChangePage } from "@/lib/billing/change-page";
import { getBillingOverview } from "@/lib/billing/overview";
import { createProject } from "@/lib/projects/projects";
import { planActs, refusalOf, toldOf } from "@/tests/support/plan-acts";
import { contextOf, startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
// Time moves for everybody: who is done is forgotten, so that nobody else's renewals are waited for.
beforeEach(() => world.control("reset", {}));

const plan = planActs(() => world);

describe("a downgrade", () => {
  it("waits for the end of what is paid, says so, and then costs what it said", async () => {
    const ada = await plan.subscriber("business_monthly");
    const shown = await plan.quote(ada, "pro_monthly");
    expect(shown).toMatchObject({ when: "period_end", due: "0" });
    const before = (await plan.invoices(ada)).length;
    expect(await toldOf(await plan.confirm(ada, "pro_monthly", shown))).toEqual(
      [200, "planned"],
    );
    expect(await plan.invoices(ada)).toHaveLength(before);
    const { subscriptions } = await getBillingOverview(ada);
    expect(subscriptions[0]).toMatchObject({
      planName: "Business",
      planned: { names: ["Pro"], at: new Date(shown.next.at) },
    });
    await plan.renewal(ada);
    expect(await plan.planOf(ada)).toBe("pro");
    const [renewal] = await plan.invoices(ada);
    expect(String(renewal?.amount_paid)).toBe(shown.next.amount);
  });

  it("79: below what is used says so before, and lets nothing be added after", async () => {
    const ada = await plan.subscriber("business_monthly");
    await world.rows(
      `INSERT INTO project (tenant_id, id, name, created_by)
       SELECT $1, 'p' || n, 'x', 'y' FROM generate_series(1, 51) AS n`,
      [ada.tenantId],
    );
    const wanted = { subscriptionId: null, priceId: "pro_monthly" };
    const page = await findChangePage(contextOf(ada), wanted);
    expect(page).toMatchObject({
      loses: [
        "Priority support",
        "more than 50 projects",
        "more than 10 seats",
      ],
      exceeds: [{ name: "projects", used: 51, allowed: 50 }],
    });
    const add = () => createProject(contextOf(ada), { name: "one more" });
    await plan.change(ada, "pro_monthly");
    await add();
    await plan.renewal(ada);
    await expect(add()).rejects.toMatchObject({ code: "limit_reached" });
  });

  it("can be undone until then", async () => {
    const ada = await plan.subscriber("business_monthly");
    await plan.change(ada, "pro_monthly");
    const another = await plan.try(ada, "pro_yearly");
    expect(await refusalOf(another)).toEqual([409, "change_waiting"]);
    expect(await toldOf(await plan.act(ada, "undo-change"))).toEqual([
      200,
      "undone",
    ]);
    await plan.renewal(ada);
    expect(await plan.planOf(ada)).toBe("business");
    expect(await plan.audit(ada)).toEqual([
      "plan.changed",
      "plan.change_undone",
    ]);
  });

  it("64: leaves no schedule in the way: what is planned is called off by cancelling", async () => {
    const ada = await plan.subscriber("business_monthly");
    await plan.change(ada, "pro_monthly");
    const cancelled = await plan.act(ada, "cancel");
    expect(await toldOf(cancelled)).toEqual([200, "ending"]);
    expect((await plan.atStripe(ada)).schedule).toBeNull();
    const bob = await plan.subscriber("business_monthly");
    await plan.change(bob, "pro_monthly");
    await plan.renewal(bob); // its last phase still runs
    expect((await plan.atStripe(bob)).schedule).not.toBeNull();
    expect(await toldOf(await plan.change(bob, "business_monthly"))).toEqual([
      200,
      "changed",
    ]);
  });

  it("64: a schedule that was made in the Dashboard is left alone", async () => {
    const ada = await plan.subscriber();
    await world.stripe.subscriptionSchedules.create({
      from_subscription: await plan.idOf(ada),
    });
    await world.delivered();
    for (const refused of [
      await plan.try(ada, "business_monthly"),
      await plan.act(ada, "cancel"),
      await plan.act(ada, "undo-change"),
      await plan.act(ada, "pause"),
    ])
      expect(await refusalOf(refused)).toEqual([409, "managed_elsewhere"]);
  });
});
