import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { forgetEvents } from "@/lib/webhooks/forget-events";

let admin: pg.Client;
beforeAll(async () => {
  admin = new pg.Client(process.env["TEST_ADMIN_DATABASE_URL"]);
  await admin.connect();
});
afterAll(() => admin.end());

const left = async () => {
  const { rows } = await admin.query<{ id: string }>(
    "SELECT id FROM stripe_event ORDER BY id",
  );
  return rows.map(({ id }) => id);
};

it("whoever is erased is found in the first stored event and in the last, batch by batch, and nobody else", async () => {
  await admin.query(
    `INSERT INTO stripe_event (account, livemode, id, type, object_id, payload, secret_index, state, finished_at)
     SELECT '', false, 'evt_' || lpad(at::text, 5, '0'), 'invoice.paid', 'in_' || at,
       convert_to(CASE WHEN at IN (1, 5000, 5001, 12000) THEN '{"email":"Ada@Example.com"}' ELSE '{}' END, 'UTF8'), 0,
       'done', CASE WHEN at <> 5001 THEN now() END
     FROM generate_series(1, 12000) AS at`,
  );
  await forgetEvents({ ids: ["ada@example.com"], tenantId: null });
  const ids = await left();
  expect(ids).toHaveLength(12_000 - 3);
  // The one that is still to be worked on stays.
  expect(ids).toContain("evt_05001");
  await forgetEvents({ ids: [], tenantId: "nobody" });
  expect(await left()).toHaveLength(12_000 - 3);
});
