import { afterAll, beforeAll, expect, it } from "vitest";
import { getVisitor, listTenants } from "@/lib/auth/membership";
import { getInvoicePage } from "@/lib/billing/history";
import { getBillingOverview } from "@/lib/billing/overview";
import { statementsOf } from "@/tests/support/statements";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

it("the billing page asks Postgres at most eight things, in one transaction of the tenant", async () => {
  const ada = await world.person();
  await world.buy(ada, "pro_monthly");
  await world.buy(ada, "onboarding_session");
  const headers = new Headers({ cookie: ada.cookie });
  const frame = await statementsOf(async () => {
    const visitor = await getVisitor(headers);
    await listTenants(visitor?.userId ?? "");
  });
  const page = await statementsOf(() => getBillingOverview(ada));
  expect(page.transactions).toBe(1);
  expect(page.statements).toHaveLength(4);
  const all = [...frame.statements, ...page.statements];
  expect(all.length, all.join("\n")).toBeLessThanOrEqual(8);
});

it("the card, the receipt and the next charge are known from our own rows", async () => {
  const ada = await world.person();
  await world.buy(ada, "pro_monthly");
  const overview = await getBillingOverview(ada);
  expect(overview.subscriptions).toMatchObject([
    {
      card: { brand: "visa", last4: "4242", expMonth: 12, expYear: 2034 },
      adjusted: { discounts: false, tax: false },
    },
  ]);
  expect(overview.credit).toBeNull();
  const address = expect.stringMatching(/^https?:\/\//) as string;
  expect(overview.invoices).toMatchObject([
    { status: "paid", hostedUrl: address, pdfUrl: address },
  ]);
});

it("a long list of invoices is cut at twelve, and paged beyond", async () => {
  const ada = await world.person();
  await world.buy(ada, "pro_monthly");
  await world.rows(
    `INSERT INTO invoice (tenant_id, id, customer_id, livemode, status, currency, total, amount_due,
       amount_paid, attempt_count, created_at)
     SELECT tenant_id, 'in_old_' || n, customer_id, livemode, 'paid', 'usd', n, n, n, 1,
       created_at - make_interval(days => n)
     FROM invoice, generate_series(1, 30) AS n WHERE tenant_id = $1`,
    [ada.tenantId],
  );
  const overview = await getBillingOverview(ada);
  expect([overview.invoices.length, overview.moreInvoices]).toEqual([12, true]);
  const pages = [];
  for (const page of [1, 2, 3, -1, Number.NaN])
    pages.push(await getInvoicePage(ada, page));
  expect(pages.map(({ rows, page }) => [rows.length, page])).toEqual([
    [25, 1],
    [6, 2],
    [6, 2],
    [25, 1],
    [25, 1],
  ]);
  const seen = new Set(
    [...(pages[0]?.rows ?? []), ...(pages[1]?.rows ?? [])].map(({ id }) => id),
  );
  expect(seen.size).toBe(31);
});
