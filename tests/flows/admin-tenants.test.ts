import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as offerRoute } from "@/app/api/admin/tenants/[tenantId]/prices/route";
import { getTenantDetail } from "@/lib/admin/tenant";
import { listTenantLines, tenantFilter } from "@/lib/admin/tenants";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
let sam: Person;
beforeAll(async () => {
  world = await startWorld();
  sam = await world.staff();
});
afterAll(() => world.close());

const find = async (filter: object) =>
  listTenantLines(tenantFilter.parse(filter));
const idsFound = async (search: string) =>
  (await find({ search })).tenants.map(({ id }) => id);

describe("the staff's list of workspaces", () => {
  it("finds one by what is known of it, and says what it pays for", async () => {
    const [ada] = [await world.person("Ada"), await world.person("Bob")];
    await world.buy(ada, "pro_monthly");
    const [customer] = await world.rows<{ id: string }>(
      "SELECT id FROM customer WHERE tenant_id = $1",
      [ada.tenantId],
    );
    for (const search of [
      ada.tenantId,
      ada.slug.toUpperCase(),
      ada.email.toUpperCase(),
      customer?.id ?? "",
    ])
      expect([search, await idsFound(search)]).toEqual([
        search,
        [ada.tenantId],
      ]);
    const { tenants } = await find({ search: ada.tenantId });
    expect(tenants).toMatchObject([
      { plans: ["Pro"], members: 1, closed: false },
    ]);
    expect(await idsFound("no such workspace")).toEqual([]);
  });

  it("finds one by the beginnings of its name's words, whatever ties them together, and takes no sign for a command", async () => {
    const ada = await world.person();
    await world.rows("UPDATE tenant SET name = $1 WHERE id = $2", [
      "Möbius-Werke (Aachen) & <Söhne>",
      ada.tenantId,
    ]);
    for (const search of ["möb", "WERKE aach", "söhne möbius", "werke-aachen"])
      expect([search, await idsFound(search)]).toEqual([
        search,
        [ada.tenantId],
      ]);
    for (const search of ["öbius", "möbius | x", "!möbius' & :*", "':*", "\\"])
      expect([search, await idsFound(search)]).not.toContain(ada.tenantId);
  });

  it("goes through all of them page by page, each once, also those of one moment", async () => {
    await world.rows(
      `INSERT INTO tenant (id, name, slug, created_at)
       SELECT 'many-' || n, 'Many ' || n, 'many-' || n, '2026-01-01' FROM generate_series(1, 120) AS n`,
    );
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await find({ before });
      seen.push(...page.tenants.map(({ id }) => id));
      before = page.older ?? undefined;
    } while (before);
    const [all] = await world.rows<{ count: number }>(
      "SELECT count(*)::int FROM tenant",
    );
    expect([new Set(seen).size, seen.length]).toEqual([all?.count, all?.count]);
  });

  it("takes a nonsensical filter for none", () => {
    const nonsense = { search: " ", before: "'; --" };
    expect(tenantFilter.parse(nonsense)).toEqual({});
  });
});

describe("the staff's page of a workspace", () => {
  it("says who it is, what it pays, where it is at Stripe and which prices it has", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const offer = {
      lookupKey: "business_monthly",
      name: "Partner",
      amount: "80",
    };
    await world.post(offerRoute, sam, offer, { tenantId: ada.tenantId });
    const tenant = await getTenantDetail(ada.tenantId);
    expect(tenant).toMatchObject({
      slug: ada.slug,
      members: [{ email: ada.email, role: "owner" }],
      offers: [
        { name: "Partner", price: { amount: 8000n }, withdrawnAt: null },
      ],
      billing: { subscriptions: [{ planName: "Pro" }] },
    });
    const [customer] = tenant?.customers ?? [];
    const shown = await fetch(customer?.url ?? "");
    expect([shown.status, await shown.text()]).toEqual([
      200,
      expect.stringContaining(customer?.id ?? "no customer"),
    ]);
  });

  it("is there for a workspace that is closed, and for none that never was", async () => {
    const ada = await world.person();
    await world.rows("UPDATE tenant SET closed_at = now() WHERE id = $1", [
      ada.tenantId,
    ]);
    expect((await getTenantDetail(ada.tenantId))?.closedAt).not.toBeNull();
    for (const id of ["none", "../x", ""])
      expect(await getTenantDetail(id)).toBeNull();
  });
});
