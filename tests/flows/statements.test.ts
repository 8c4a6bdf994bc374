import { afterAll, beforeAll, expect, it } from "vitest";
import { listAudit } from "@/lib/audit/list";
import { getMembersPage } from "@/lib/auth/list-members";
import { getVisitor, listTenants } from "@/lib/auth/membership";
import { getInvoicePage, getOrderPage } from "@/lib/billing/history";
import { getBillingOverview } from "@/lib/billing/overview";
import { listPaymentMethods } from "@/lib/billing/payment-methods";
import { getWorkspaceSettings } from "@/lib/billing/workspace-settings";
import { getProjectsPage, getReport } from "@/lib/projects/projects";
import { statementsOf } from "@/tests/support/statements";
import {
  contextOf,
  startWorld,
  type Person,
  type World,
} from "@/tests/support/world";

let world: World;
let ada: Person;
beforeAll(async () => {
  world = await startWorld();
  ada = await world.person();
  await world.buy(ada, "pro_monthly");
});
afterAll(() => world.close());

const wholeLog = {
  kind: null,
  who: null,
  from: null,
  to: null,
  before: null,
  after: null,
};

it.each<[string, (person: Person) => Promise<unknown>]>([
  ["overview and billing", (person) => getBillingOverview(person)],
  ["invoices", (person) => getInvoicePage(person, 1)],
  ["payment methods", (person) => listPaymentMethods(person)],
  ["purchases", (person) => getOrderPage(person, 1)],
  ["projects", (person) => getProjectsPage(person)],
  ["reports", (person) => getReport(person, 12)],
  ["members", (person) => getMembersPage(contextOf(person))],
  ["settings", (person) => getWorkspaceSettings(person)],
  ["audit log", (person) => listAudit(person, wholeLog)],
])(
  "the page of %s asks Postgres at most eight things, in one transaction of the tenant",
  async (_, read) => {
    const headers = new Headers({ cookie: ada.cookie });
    const frame = await statementsOf(async () => {
      const visitor = await getVisitor(headers);
      await listTenants(visitor?.userId ?? "");
    });
    const page = await statementsOf(() => read(ada));
    expect(page.transactions).toBe(1);
    const all = [...frame.statements, ...page.statements];
    expect(all.length, all.join("\n")).toBeLessThanOrEqual(8);
  },
);
