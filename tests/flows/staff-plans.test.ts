import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { customerFilter, listCustomers } from "@/lib/admin/customers";
import { eventFilter, listEvents } from "@/lib/admin/events";
import { listTenantLines, tenantFilter } from "@/lib/admin/tenants";
import { getTrouble, getWebhookHealth } from "@/lib/admin/webhook-health";
import { findDrift } from "@/lib/sync/drift";
import { mirrors } from "@/lib/sync/mirror";
import { getWebhookHours } from "@/lib/webhooks/hours";
import { fill, givenUp } from "@/tests/scale/fill";
import { greedyScans, type PlanNode } from "@/tests/support/plan-scans";
import { statementsOf } from "@/tests/support/statements";

let admin: pg.Client;
const tables = new Set(["customer", "effect", "stripe_event", "tenant"]);
const objects = Array.from({ length: 100 }, (_, at) => at);
beforeAll(async () => {
  admin = new pg.Client(process.env["TEST_ADMIN_DATABASE_URL"]);
  await admin.connect();
  const [none, size] = [
    { tenants: 0, events: 0 },
    { tenants: 1500, events: 15_000 },
  ];
  await fill(admin, none, size);
  for (const sql of givenUp) await admin.query(sql);
  // So few rows are read whole where nothing forbids it; what no index serves is read whole all the same.
  await admin.query("SET enable_seqscan = off");
  // In the app's own role: what Postgres may know of the rows depends on it.
  await admin.query("SELECT set_config('role', app_role('system'), false)");
});
afterAll(() => admin.end());

const events = (filter: object) => () => listEvents(eventFilter.parse(filter));
const tenants = (search: string) => () =>
  listTenantLines(tenantFilter.parse({ search }));
const customers = (search?: string) => () =>
  listCustomers(customerFilter.parse({ search }));

it.each<[string, () => Promise<unknown>]>([
  ["what calls for a person", getTrouble],
  ["the state of the inbox", getWebhookHealth],
  ["the last 24 hours", () => getWebhookHours(24)],
  ["all events", events({})],
  ["dead events", events({ state: "dead" })],
  ["ignored events", events({ state: "ignored" })],
  ["waiting events", events({ state: "pending" })],
  ["events in work", events({ state: "processing" })],
  ["events of a rare type", events({ type: "charge.dispute.created" })],
  ["a workspace by a person", tenants("person7@example.com")],
  ["a workspace by its number", tenants("workspace-77")],
  ["a workspace by a word that few have", tenants("77")],
  ["no workspace", tenants("nothing")],
  ["customers", customers()],
  ["a customer by email", customers("Billing77@example.com")],
  ["no customer", customers("nothing of the kind")],
  ...mirrors.map((mirror): [string, () => Promise<unknown>] => [
    `a page of Stripe's list of each ${mirror.kind}`,
    () =>
      findDrift(
        mirror,
        objects.map((at) => ({
          id: `none_${at}`,
          customerId: null,
          namesTenant: true,
          facts: {},
        })),
      ),
  ]),
])("%s: found without going through what grows", async (_, read) => {
  await read();
  const { asked } = await statementsOf(read);
  const found: string[] = [];
  for (const { text, values } of asked) {
    await admin.query("BEGIN"); // it is carried out, also where it writes
    const { rows } = await admin.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
      values,
    );
    await admin.query("ROLLBACK");
    for (const row of rows)
      found.push(
        ...greedyScans(row["QUERY PLAN"][0].Plan, { tables, most: 700 }),
      );
  }
  expect(asked.length).toBeGreaterThan(0);
  expect(found).toEqual([]);
});
