import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { GET as staffListRoute } from "@/app/api/admin/customers/route";
import { POST as staffDeleteRoute } from "@/app/api/admin/tenants/[tenantId]/customers/[customerId]/delete/route";
import { POST as deleteRoute } from "@/app/api/customers/[customerId]/delete/route";
import {
  GET as getRoute,
  POST as updateRoute,
} from "@/app/api/customers/[customerId]/route";
import { POST as createRoute } from "@/app/api/customers/route";
import { POST as detailsRoute } from "@/app/api/settings/billing-details/route";
import { rightsOf } from "@/lib/entitlements/check";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
let sam: Person;
beforeAll(async () => {
  world = await startWorld();
  sam = await world.staff();
});
afterAll(() => world.close());
afterEach(() => world.control("webhooks", { paused: false }));

/** The customer of somebody's workspace, made if there is none; its id. */
async function customerOf(person: Person): Promise<string> {
  const { tenantId } = person;
  const answer = await world.post(createRoute, person, { tenantId });
  if (answer.status !== 200) throw new Error(await answer.text());
  return ((await answer.json()) as { id: string }).id;
}

const at = (customerId: string) => ({ customerId });
const update = (person: Person | null, id: string, body: object) =>
  world.post(updateRoute, person, body, at(id));
const remove = (person: Person | null, id: string) =>
  world.post(deleteRoute, person, {}, at(id));
const read = (person: Person, id: string) =>
  getRoute(
    new Request("http://localhost:3000/", {
      headers: { cookie: person.cookie },
    }),
    { params: Promise.resolve(at(id)) },
  );

const codeOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { code?: string }).code,
];

async function atStripe(id: string) {
  const customer = await world.stripe.customers.retrieve(id, {
    expand: ["tax_ids"],
  });
  if (customer.deleted) throw new Error(`${id} is deleted`);
  return customer;
}

const rowsOf = ({ tenantId }: Person) =>
  world.rows<{ id: string; deleted: boolean }>(
    "SELECT id, deleted FROM customer WHERE tenant_id = $1 ORDER BY created_at, id",
    [tenantId],
  );

describe("a workspace's customer", () => {
  it("39: is one, also for many who ask at once, and when Stripe's answer was lost", async () => {
    const ada = await world.person();
    await world.control("webhooks", { paused: true }); // whose fetch would find it
    const before = await world.creates();
    await world.loseAnswer("/v1/customers");
    const lost = await world.post(createRoute, ada, {});
    expect(lost.status).toBe(503);
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => customerOf(ada)),
    );
    expect(new Set(ids).size).toBe(1);
    expect((await world.creates()).customers - before.customers).toBe(1);
    const { metadata } = await atStripe(ids[0] ?? "");
    expect(metadata["tenant_id"]).toBe(ada.tenantId);
  });

  it("40: is found in our own rows, never by Stripe's search", async () => {
    const ada = await world.person();
    await customerOf(ada);
    await world.buy(ada, "onboarding_session");
    const { requests } = await world.control("state");
    expect(requests["GET /v1/customers"]).toBeUndefined();
    expect(requests["GET /v1/customers/search"]).toBeUndefined();
  });

  it("is read by those who may see the billing, and by nobody else", async () => {
    const [ada, bob, eve] = [
      await world.person("Ada"),
      await world.person("Bob"),
      await world.person("Eve"),
    ];
    const id = await customerOf(ada);
    const answer = await read(ada, id);
    expect(await answer.json()).toMatchObject({ id, email: ada.email });
    const member = await world.join(ada, bob, "member");
    expect(await codeOf(await read(member, id))).toEqual([403, "forbidden"]);
    expect(await codeOf(await read(eve, id))).toEqual([404, "not_found"]);
    expect((await read(ada, "cus_none")).status).toBe(404);
  });
});

const changes = {
  name: "Bridge GmbH",
  phone: "+49 30 1234",
  description: "Pays by the quarter",
  address: { line1: "Turmstraße 1", city: "Berlin", country: "DE" },
  taxId: { type: "eu_vat", value: "DE123456789" },
  locale: "de",
};

describe("what is changed of a customer", () => {
  it("stands at Stripe and in our rows; what is not named stays", async () => {
    const ada = await world.person();
    const id = await customerOf(ada);
    for (const _ of [1, 2])
      expect((await update(ada, id, changes)).status).toBe(200);
    expect(await atStripe(id)).toMatchObject({
      name: "Bridge GmbH",
      email: ada.email,
      description: "Pays by the quarter",
      address: { city: "Berlin" },
      preferred_locales: ["de"],
      tax_ids: { data: [{ value: "DE123456789" }] },
    });
    const emptied = await update(ada, id, {
      address: null,
      taxId: null,
      description: "",
    });
    expect(await emptied.json()).toMatchObject({
      name: "Bridge GmbH",
      address: null,
      taxIds: [],
      description: null,
      locale: "de",
    });
  });

  it("may be the card that is charged: one of its own, found under the workspace", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    const methodOf = async (person: Person) => {
      await world.buy(person, "pro_monthly");
      const [row] = await world.rows<{ id: string }>(
        "SELECT id FROM payment_method WHERE tenant_id = $1",
        [person.tenantId],
      );
      return row?.id ?? "";
    };
    const [own, others] = [await methodOf(ada), await methodOf(bob)];
    const id = await customerOf(ada);
    const answer = await update(ada, id, { defaultPaymentMethod: own });
    expect(await answer.json()).toMatchObject({ defaultPaymentMethod: own });
    const stolen = await update(ada, id, { defaultPaymentMethod: others });
    expect(await codeOf(stolen)).toEqual([404, "not_found"]);
    await world.rows(
      `INSERT INTO customer (tenant_id, id, livemode, created_at) VALUES ($1, 'cus_former', false, '2026-01-01')`,
      [ada.tenantId],
    );
    await world.rows(
      `INSERT INTO payment_method (tenant_id, id, customer_id, livemode, type, created_at)
       VALUES ($1, 'pm_former', 'cus_former', false, 'card', now())`,
      [ada.tenantId],
    );
    const former = await update(ada, id, { defaultPaymentMethod: "pm_former" });
    expect(await codeOf(former)).toEqual([404, "not_found"]);
    const { invoice_settings } = await atStripe(id);
    expect(invoice_settings.default_payment_method).toBe(own);
  });

  it.each([
    [{ email: "nobody" }, "validation"],
    [{ locale: "German" }, "validation"],
    [{ address: { country: "Germany" } }, "validation"],
    [{ taxId: { type: "eu_vat", value: "123" } }, "tax_id_refused"],
    [{ metadata: { tenant_id: "other" } }, "validation"],
    [{ balance: -10_000 }, "validation"],
  ])("cannot be %j", async (wrong, code) => {
    const ada = await world.person();
    const id = await customerOf(ada);
    expect(await codeOf(await update(ada, id, wrong))).toEqual([422, code]);
  });

  it("is refused to a stranger, and to a role that may not buy", async () => {
    const [ada, bob, eve] = [
      await world.person("Ada"),
      await world.person("Bob"),
      await world.person("Eve"),
    ];
    const id = await customerOf(ada);
    const admin = await world.join(ada, bob, "admin");
    const wish = { name: "Mine" };
    expect((await update(null, id, wish)).status).toBe(401);
    expect((await update(eve, id, wish)).status).toBe(404);
    expect((await update(admin, id, wish)).status).toBe(403);
    expect((await atStripe(id)).name).not.toBe("Mine");
  });

  it("44: is not undone by the event of an earlier change that comes late", async () => {
    const ada = await world.person();
    const id = await customerOf(ada);
    await world.control("webhooks", { paused: true });
    await update(ada, id, { email: "first@example.com" });
    await update(ada, id, { email: "second@example.com" });
    await world.control("webhooks", { paused: false });
    await world.delivered();
    const [row] = await world.rows("SELECT email FROM customer WHERE id = $1", [
      id,
    ]);
    expect(row).toEqual({ email: "second@example.com" });
  });

  it("45: leaves the metadata that others have written", async () => {
    const ada = await world.person();
    const id = await customerOf(ada);
    await world.stripe.customers.update(id, { metadata: { crm: "42" } });
    await update(ada, id, changes);
    expect((await atStripe(id)).metadata).toMatchObject({
      crm: "42",
      tenant_id: ada.tenantId,
    });
  });
});

const form = {
  name: "Bridge GmbH",
  email: "invoices@example.com",
};

describe("a customer that Stripe does not find", () => {
  it("41: is not taken for gone because Stripe does not answer", async () => {
    const ada = await world.person();
    const id = await customerOf(ada);
    const before = await world.creates();
    await world.control("faults", {
      method: "POST",
      path: `/v1/customers/${id}`,
      status: 500,
      count: 3,
    });
    expect((await update(ada, id, changes)).status).toBe(502);
    expect(await customerOf(ada)).toBe(id);
    expect((await world.creates()).customers).toBe(before.customers);
  });

  it("42: deleted there, is healed by the next purchase and by the billing details, and said where it is named", async () => {
    const ada = await world.person();
    const first = await customerOf(ada);
    await world.control("webhooks", { paused: true });
    await world.stripe.customers.del(first);
    expect(await codeOf(await update(ada, first, changes))).toEqual([
      410,
      "customer_gone",
    ]);
    await world.open(ada);
    const second = await customerOf(ada);
    expect(second).not.toBe(first);
    await world.stripe.customers.del(second);
    const details = await world.post(detailsRoute, ada, form);
    expect(details.status).toBe(200);
    const third = await customerOf(ada);
    expect(third).not.toBe(second);
    expect(await atStripe(third)).toMatchObject(form);
  });

  it("42: of another account or mode, is healed as well: a price that is missing there is not", async () => {
    const ada = await world.person();
    await customerOf(ada);
    const foreign = "cus_ofAnotherAccount";
    await world.rows(
      "UPDATE customer_intent SET stripe_id = $2 WHERE tenant_id = $1",
      [ada.tenantId, foreign],
    );
    const before = await world.creates();
    await world.open(ada);
    expect((await world.creates()).customers - before.customers).toBe(1);
    const now = await customerOf(ada);
    expect(now).not.toBe(foreign);
    await world.open(ada, { priceId: "onboarding_session" });
    await world.checkout(ada, { priceId: "price_thatIsMissing" });
    expect(await customerOf(ada)).toBe(now);
  });

  it("42: of the other mode, is as good as none", async () => {
    const ada = await world.person();
    const id = await customerOf(ada);
    await world.delivered();
    await world.rows("UPDATE customer SET livemode = true WHERE id = $1", [id]);
    expect((await read(ada, id)).status).toBe(404);
    expect((await update(ada, id, changes)).status).toBe(404);
    expect((await remove(ada, id)).status).toBe(404);
  });

  it("43: takes its plan with it: the rights go at once", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    expect((await rightsOf(ada)).plan.key).toBe("pro");
    await world.stripe.customers.del(await customerOf(ada));
    await world.delivered();
    expect((await rightsOf(ada)).plan.key).toBe("free");
    expect(await rowsOf(ada)).toMatchObject([{ deleted: true }]);
    await world.buy(ada, "pro_monthly");
    expect((await rightsOf(ada)).plan.key).toBe("pro");
  });
});

describe("deleting a customer", () => {
  it("leaves our rows, and the next purchase makes another", async () => {
    const ada = await world.person();
    await world.buy(ada, "onboarding_session");
    const id = await customerOf(ada);
    for (const _ of [1, 2]) expect((await remove(ada, id)).status).toBe(200);
    expect((await world.stripe.customers.retrieve(id)).deleted).toBe(true);
    expect(await rowsOf(ada)).toEqual([{ id, deleted: true }]);
    expect(await codeOf(await read(ada, id))).toEqual([410, "customer_gone"]);
    const audited = await world.rows(
      "SELECT actor_id FROM audit_entry WHERE tenant_id = $1 AND action = 'customer.deleted'",
      [ada.tenantId],
    );
    expect(audited).toEqual([{ actor_id: ada.userId }]);
    await world.buy(ada, "onboarding_session");
    expect(await rowsOf(ada)).toHaveLength(2);
  });

  it.each<[string, (person: Person, id: string) => Promise<unknown>]>([
    ["customer_has_plan", (person) => world.buy(person, "pro_monthly")],
    ["customer_has_checkout", (person) => world.open(person)],
    [
      "customer_has_balance",
      async (_, customer) => {
        await world.stripe.customers.createBalanceTransaction(customer, {
          amount: -500,
          currency: "usd",
        });
        await world.delivered();
      },
    ],
    [
      "customer_has_invoice",
      async (_, customer) => {
        const { id } = await world.stripe.invoices.create({
          customer,
          collection_method: "send_invoice",
          days_until_due: 30,
        });
        await world.stripe.invoiceItems.create({
          customer,
          invoice: id,
          amount: 1000,
          currency: "usd",
        });
        await world.stripe.invoices.finalizeInvoice(id);
        await world.delivered();
      },
    ],
    [
      "customer_has_payment",
      async (_, customer) => {
        await world.stripe.paymentIntents.create({
          customer,
          amount: 1000,
          currency: "usd",
          payment_method: "pm_card_visa",
          capture_method: "manual",
          confirm: true,
          return_url: "https://example.com",
        });
        await world.delivered();
      },
    ],
  ])("is refused while something is live: %s", async (code, begin) => {
    const ada = await world.person();
    const id = await customerOf(ada);
    await begin(ada, id);
    expect(await codeOf(await remove(ada, id))).toEqual([409, code]);
    await atStripe(id);
    expect(await customerOf(ada)).toBe(id);
  });

  it("is refused also for what no event has told of yet", async () => {
    const ada = await world.person();
    const { url } = await world.open(ada);
    await world.control("webhooks", { paused: true });
    await world.pay(url);
    await world.rows(
      "UPDATE checkout_intent SET closed_at = now() WHERE tenant_id = $1",
      [ada.tenantId],
    );
    const id = await customerOf(ada);
    expect(await codeOf(await remove(ada, id))).toEqual([
      409,
      "customer_has_plan",
    ]);
  });

  it("is not done while Stripe cannot say what is live", async () => {
    const ada = await world.person();
    const id = await customerOf(ada);
    await world.delivered(); // whose fetches would use the faults up
    await world.control("faults", {
      method: "GET",
      path: "/v1/subscriptions",
      status: 500,
      count: 3,
    });
    expect((await remove(ada, id)).status).toBe(503);
    await atStripe(id);
    expect((await remove(ada, id)).status).toBe(200);
  });

  it("is for owners and staff: billing is refused, a stranger finds nothing", async () => {
    const [ada, bob, eve] = [
      await world.person("Ada"),
      await world.person("Bob"),
      await world.person("Eve"),
    ];
    const id = await customerOf(ada);
    const biller = await world.join(ada, bob, "billing");
    expect((await remove(biller, id)).status).toBe(403);
    expect((await remove(eve, id)).status).toBe(404);
    const byStaff = (by: Person, tenantId: string) =>
      world.post(staffDeleteRoute, by, {}, { tenantId, customerId: id });
    expect((await byStaff(ada, ada.tenantId)).status).toBe(404);
    expect((await byStaff(sam, eve.tenantId)).status).toBe(404);
    expect((await byStaff(sam, ada.tenantId)).status).toBe(200);
    expect(await rowsOf(ada)).toEqual([{ id, deleted: true }]);
  });
});

describe("the staff's list of customers", () => {
  type Page = { data: { id: string }[]; older: string | null };

  const ask = (person: Person | null, query: Record<string, string>) =>
    staffListRoute(
      new Request(
        `http://localhost:3000/?${new URLSearchParams(query).toString()}`,
        { headers: { cookie: person?.cookie ?? "" } },
      ),
    );
  const list = async (query: Record<string, string> = {}) =>
    (await (await ask(sam, query)).json()) as Page;

  it("finds one by id, email or a part of the name", async () => {
    const ada = await world.person();
    const id = await customerOf(ada);
    const name = `Unlike any other ${crypto.randomUUID()}`;
    await update(ada, id, { name });
    for (const search of [id, ada.email.toUpperCase(), name.slice(6)])
      expect((await list({ search })).data).toMatchObject([
        { id, tenantId: ada.tenantId },
      ]);
  });

  it("goes through all of them page by page, each once", async () => {
    const ada = await world.person();
    await world.rows(
      `INSERT INTO customer (tenant_id, id, livemode, created_at)
       SELECT $1, 'cus_many' || n, false, '2026-01-01' FROM generate_series(1, 120) AS n`,
      [ada.tenantId],
    );
    const seen: string[] = [];
    let page: Page | undefined;
    do {
      page = await list(page?.older ? { before: page.older } : {});
      seen.push(...page.data.map(({ id }) => id));
    } while (page.older);
    const [all] = await world.rows<{ count: number }>(
      "SELECT count(*)::int FROM customer WHERE NOT livemode",
    );
    expect([new Set(seen).size, seen.length]).toEqual([all?.count, all?.count]);
  });

  it("is not there for anybody else", async () => {
    const ada = await world.person();
    for (const person of [null, ada])
      expect((await ask(person, {})).status).toBe(404);
  });
});
