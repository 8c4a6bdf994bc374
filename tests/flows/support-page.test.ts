import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as resyncRoute } from "@/app/api/admin/tenants/[tenantId]/resync/route";
import { getTenantDetail } from "@/lib/admin/tenant";
import { getTimeline, type TimelineRow } from "@/lib/admin/timeline";
import { refundActs } from "@/tests/support/refund-acts";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
let sam: Person;
beforeAll(async () => {
  world = await startWorld();
  sam = await world.staff();
});
afterAll(() => world.close());

const money = refundActs(() => world);

/** Page after page, to the end. */
async function whole({ tenantId }: Person): Promise<TimelineRow[]> {
  const seen: TimelineRow[] = [];
  let before: string | undefined;
  do {
    const { rows, older } = await getTimeline(tenantId, before);
    seen.push(...rows);
    before = older ?? undefined;
  } while (before);
  return seen;
}

const resync = (person: Person | null, ada: Person) =>
  world.post(resyncRoute, person, {}, { tenantId: ada.tenantId });

describe("the time line of a workspace", () => {
  it("tells events, what was stored, money, mails and people's acts, each with its cause", async () => {
    const { ada, id } = await money.buyer();
    await money.refund(sam, ada, { paymentId: id, amount: 100 });
    await world.delivered();
    const rows = await whole(ada);
    const find = (kind: string, what: string) =>
      rows.find((row) => row.kind === kind && row.what === what);
    expect(find("event", "payment_intent.succeeded")).toMatchObject({
      objectId: id,
      cause: "Stripe",
      state: "done",
    });
    const stored = find("payment", "payment.changed");
    expect(rows.some((row) => row.id === stored?.cause)).toBe(true);
    expect(find("mail", "mail.refunded")).toBeDefined();
    expect(find("effect", "purchase_paid")).toBeDefined();
    expect(find("act", "checkout.created")).toMatchObject({ by: ada.userId });
    expect(find("act", "refund.asked")).toMatchObject({
      by: sam.userId,
      objectId: id,
      cause: expect.stringMatching(/^req_/) as string,
    });
    expect(rows.every(({ cause }) => cause !== "")).toBe(true);
  });

  it("shows each thing once over all pages, newest first, and nothing of another workspace", async () => {
    const { ada } = await money.buyer();
    const { ada: bob } = await money.buyer();
    await world.rows(
      `INSERT INTO audit_entry (tenant_id, id, actor_kind, action, object_id, cause, at)
       SELECT $1, 'old-' || n, 'job', 'payment.changed', 'pi_x', 'test', '2026-01-01' FROM generate_series(1, 100) AS n`,
      [ada.tenantId],
    );
    const rows = await whole(ada);
    const keys = rows.map((row) => `${row.kind} ${row.id}`);
    expect(new Set(keys).size).toBe(keys.length);
    const times = rows.map((row) => row.createdAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const [counted] = await world.rows<{ count: number }>(
      `SELECT ((SELECT count(*) FROM audit_entry WHERE tenant_id = $1) + (SELECT count(*) FROM effect WHERE tenant_id = $1)
        + (SELECT count(*) FROM stripe_event JOIN stripe_object_owner ON stripe_id = object_id WHERE tenant_id = $1))::int AS count`,
      [ada.tenantId],
    );
    expect(rows).toHaveLength(counted?.count ?? 0);
    const his = await whole(bob);
    const ids = new Set(rows.map(({ id }) => id));
    expect(his.filter(({ id }) => ids.has(id))).toEqual([]);
  });
});

describe("fetching a workspace from Stripe again", () => {
  it("brings rows back that were never told of, for staff alone", async () => {
    const { ada, id } = await money.buyer();
    await world.rows("DELETE FROM charge WHERE tenant_id = $1", [ada.tenantId]);
    await world.rows("DELETE FROM payment WHERE tenant_id = $1", [
      ada.tenantId,
    ]);
    await world.rows(
      "UPDATE customer SET name = 'wrong' WHERE tenant_id = $1",
      [ada.tenantId],
    );
    expect((await resync(ada, ada)).status).toBe(404);
    expect((await resync(null, ada)).status).toBe(404);
    const answer = await resync(sam, ada);
    expect(answer.status).toBe(200);
    const { fetched } = (await answer.json()) as { fetched: number };
    expect(fetched).toBeGreaterThanOrEqual(3);
    const detail = await getTenantDetail(ada.tenantId);
    expect(detail?.payments).toMatchObject([{ id }]);
    expect(detail?.customers[0]?.name).not.toBe("wrong");
    expect((await resync(sam, ada)).status).toBe(200);
  });
});
