import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as detailsRoute } from "@/app/api/settings/billing-details/route";
import { POST as addressesRoute } from "@/app/api/settings/return-addresses/route";
import { POST as workspaceRoute } from "@/app/api/settings/workspace/route";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

type Refusal = {
  code?: string;
  param?: string;
  errors?: { pointer: string }[];
};

/** The answer's status, and at which field it was refused. */
async function post(
  handler: (request: Request) => Promise<Response>,
  person: Person,
  body: object,
) {
  const answer = await handler(
    new Request("http://localhost:3000/", {
      method: "POST",
      headers: {
        cookie: person.cookie,
        origin: "http://localhost:3000",
        "content-type": "application/json",
      },
      body: JSON.stringify({ tenantId: person.tenantId, ...body }),
    }),
  );
  const { code, param, errors } = (await answer.json()) as Refusal;
  const field = errors?.[0]?.pointer ?? (param && `/${param}`);
  return [answer.status, ...(code ? [code] : []), ...(field ? [field] : [])];
}

const rename = (person: Person, body: object) =>
  post(workspaceRoute, person, body);
const saveAddresses = (person: Person, body: object) =>
  post(addressesRoute, person, body);
const saveDetails = (person: Person, body: object) =>
  post(detailsRoute, person, { ...details, ...body });

const audited = (person: Person, action: string) =>
  world.rows<{ details: unknown; actor_id: string }>(
    "SELECT details, actor_id FROM audit_entry WHERE tenant_id = $1 AND action = $2 ORDER BY at",
    [person.tenantId, action],
  );

describe("a workspace's name and address", () => {
  const slugOf = () => `bridge-${crypto.randomUUID().slice(0, 8)}`;
  const stored = async (person: Person) =>
    (
      await world.rows("SELECT name, slug FROM tenant WHERE id = $1", [
        person.tenantId,
      ])
    )[0];

  it("are changed together, once, with what was changed written down", async () => {
    const ada = await world.person();
    const wish = { name: "Bridge & Co", slug: slugOf() };
    for (const _ of [1, 2]) expect(await rename(ada, wish)).toEqual([200]);
    expect(await stored(ada)).toEqual(wish);
    expect(await audited(ada, "workspace.renamed")).toEqual([
      { actor_id: ada.userId, details: { fields: ["name", "slug"] } },
    ]);
  });

  it("cannot be another's address, also not at the same moment", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    const slug = slugOf();
    const answers = await Promise.all([
      rename(ada, { name: "A", slug }),
      rename(bob, { name: "B", slug }),
    ]);
    expect(answers.toSorted()).toEqual([[200], [409, "slug_taken", "/slug"]]);
  });

  it.each([
    "ab",
    "Bridge",
    "-bridge",
    "bridge-",
    "bridge--x",
    "brücke",
    "a/b",
    "a b",
    "x".repeat(61),
  ])("is not %j", async (slug) => {
    const ada = await world.person();
    expect(await rename(ada, { name: "A", slug })).toEqual([
      422,
      "slug_malformed",
      "/slug",
    ]);
    expect(await stored(ada)).toMatchObject({ slug: ada.slug });
  });

  it("is no word of the product's own", async () => {
    const ada = await world.person();
    expect(await rename(ada, { name: "A", slug: "settings" })).toEqual([
      422,
      "slug_reserved",
      "/slug",
    ]);
  });

  it("are for owners and admins: a member is refused, a stranger finds nothing", async () => {
    const [ada, bob, eve] = [
      await world.person("Ada"),
      await world.person("Bob"),
      await world.person("Eve"),
    ];
    await world.join(ada, bob, "member");
    const wish = { tenantId: ada.tenantId, name: "Mine", slug: slugOf() };
    expect(await rename(bob, wish)).toEqual([403, "forbidden"]);
    expect(await rename(eve, wish)).toEqual([404, "not_found"]);
    expect(await stored(ada)).toMatchObject({ slug: ada.slug });
  });
});

describe("where buyers come back to", () => {
  const shop = "https://shop.example.org";
  const elevenSites = Array.from(
    { length: 11 },
    (_, n) => `https://a${n}.example`,
  ).join("\n");
  const urlsOf = async (person: Person) => {
    const { id } = await world.open(person);
    const session = await world.stripe.checkout.sessions.retrieve(id);
    return [session.success_url, session.cancel_url];
  };

  it("is what the workspace says, and its checkouts go there", async () => {
    const ada = await world.person();
    const wish = {
      successUrl: `${shop}/thanks`,
      cancelUrl: "http://localhost:3000/pricing",
      portalReturnPath: "/start",
      allowedOrigins: `${shop}\n${shop}/\nhttp://localhost:4000`,
    };
    for (const _ of [1, 2])
      expect(await saveAddresses(ada, wish)).toEqual([200]);
    expect(await urlsOf(ada)).toEqual([
      `${shop}/thanks?session_id={CHECKOUT_SESSION_ID}`,
      "http://localhost:3000/pricing?session_id={CHECKOUT_SESSION_ID}",
    ]);
    const [row] = await world.rows(
      "SELECT allowed_origins, portal_return_path FROM tenant_settings WHERE tenant_id = $1",
      [ada.tenantId],
    );
    expect(row).toEqual({
      allowed_origins: [shop, "http://localhost:4000"],
      portal_return_path: "/start",
    });
    expect(await audited(ada, "workspace.settings_changed")).toEqual([
      {
        actor_id: ada.userId,
        details: {
          fields: [
            "successUrl",
            "cancelUrl",
            "portalReturnPath",
            "allowedOrigins",
          ],
        },
      },
    ]);
  });

  it("goes back to ours when it is emptied", async () => {
    const ada = await world.person();
    await saveAddresses(ada, {
      successUrl: `${shop}/thanks`,
      allowedOrigins: shop,
    });
    expect(await saveAddresses(ada, { successUrl: "" })).toEqual([200]);
    const [success] = await urlsOf(ada);
    expect(success).toMatch(/^http:\/\/localhost:3000\/checkout\/success/);
  });

  it("is on a site that is allowed", async () => {
    const ada = await world.person();
    const wish = { cancelUrl: `${shop}/no` };
    expect(await saveAddresses(ada, wish)).toEqual([
      422,
      "origin_not_allowed",
      "/cancelUrl",
    ]);
  });

  it.each([
    ["successUrl", "url_malformed", "http://shop.example.org/"],
    ["successUrl", "url_malformed", "javascript:alert(1)"],
    ["successUrl", "url_malformed", "https://user:pw@shop.example.org/"],
    ["successUrl", "url_malformed", "https://shop.example.org\\@evil.com"],
    ["cancelUrl", "url_malformed", "/pricing"],
    ["portalReturnPath", "path_malformed", "//evil.com"],
    ["portalReturnPath", "path_malformed", "https://shop.example.org/"],
    ["allowedOrigins", "origins_malformed", "https://shop.example.org/path"],
    ["allowedOrigins", "origins_malformed", "http://shop.example.org"],
    ["allowedOrigins", "origins_malformed", "shop.example.org"],
    [
      "allowedOrigins",
      "origins_malformed",
      "https://a.example https://*.b.example",
    ],
    ["allowedOrigins", "origins_malformed", elevenSites],
  ])("cannot have as %s (%s) %j", async (field, code, value) => {
    const ada = await world.person();
    expect(await saveAddresses(ada, { [field]: value })).toEqual([
      422,
      code,
      `/${field}`,
    ]);
  });

  it("is for owners and admins: billing is refused, a stranger finds nothing", async () => {
    const [ada, bob, eve] = [
      await world.person("Ada"),
      await world.person("Bob"),
      await world.person("Eve"),
    ];
    await world.join(ada, bob, "billing");
    const wish = { tenantId: ada.tenantId, allowedOrigins: shop };
    expect(await saveAddresses(bob, wish)).toEqual([403, "forbidden"]);
    expect(await saveAddresses(eve, wish)).toEqual([404, "not_found"]);
  });
});

const details = {
  name: "Bridge GmbH",
  email: "invoices@example.com",
  phone: "+49 30 1234",
  line1: "Turmstraße 1",
  city: "Berlin",
  postalCode: "10551",
  country: "DE",
  taxIdType: "eu_vat",
  taxIdValue: "DE123456789",
};

describe("billing details", () => {
  const mirrored = async (person: Person) =>
    (
      await world.rows<{ id: string; tax_ids: { value: string }[] }>(
        "SELECT id, name, email, phone, address, tax_ids FROM customer WHERE tenant_id = $1 AND NOT deleted",
        [person.tenantId],
      )
    )[0];
  const atStripe = async (person: Person) => {
    const id = (await mirrored(person))?.id ?? "";
    const customer = await world.stripe.customers.retrieve(id, {
      expand: ["tax_ids"],
    });
    if (customer.deleted) throw new Error("deleted");
    return customer;
  };
  const taxIdsAtStripe = async (person: Person) =>
    (await atStripe(person)).tax_ids?.data.map(({ value }) => value);

  it("go to Stripe's customer, made for them, and stand in our rows at once", async () => {
    const ada = await world.person();
    await world.control("webhooks", { paused: true });
    for (const _ of [1, 2]) expect(await saveDetails(ada, {})).toEqual([200]);
    const expected = {
      name: "Bridge GmbH",
      email: "invoices@example.com",
      phone: "+49 30 1234",
      address: { line1: "Turmstraße 1", city: "Berlin", country: "DE" },
    };
    expect(await atStripe(ada)).toMatchObject(expected);
    expect(await taxIdsAtStripe(ada)).toEqual(["DE123456789"]);
    expect(await mirrored(ada)).toMatchObject({
      ...expected,
      tax_ids: [{ type: "eu_vat", value: "DE123456789", status: "pending" }],
    });
    expect(await audited(ada, "billing_details.updated")).toMatchObject([
      { actor_id: ada.userId, details: { taxIdChanged: true } },
      { actor_id: ada.userId, details: { taxIdChanged: false } },
    ]);
    await world.control("webhooks", { paused: false });
    await world.delivered();
  });

  it("are those of the customer that has bought, whose other fields stay", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const { id } = await atStripe(ada);
    const [method] = (await world.stripe.customers.listPaymentMethods(id)).data;
    const before = await world.stripe.customers.update(id, {
      invoice_settings: { default_payment_method: method?.id ?? "" },
    });
    await world.delivered();
    expect(await saveDetails(ada, {})).toEqual([200]);
    const after = await atStripe(ada);
    expect([after.id, after.metadata]).toEqual([before.id, before.metadata]);
    const [row] = await world.rows<{ card: unknown }>(
      "SELECT card FROM customer WHERE id = $1",
      [after.id],
    );
    expect(row?.card).toMatchObject({ last4: "4242" });
  });

  it("can be emptied but for name and email", async () => {
    const ada = await world.person();
    await saveDetails(ada, {});
    const empty = { phone: "", line1: "", city: "", postalCode: "" };
    const none = { ...empty, country: "", taxIdType: "", taxIdValue: "" };
    expect(await saveDetails(ada, none)).toEqual([200]);
    expect(await mirrored(ada)).toMatchObject({ address: null, tax_ids: [] });
    expect(await taxIdsAtStripe(ada)).toEqual([]);
  });

  describe("with another tax id", () => {
    const british = { taxIdType: "gb_vat", taxIdValue: "GB123456789" };
    const swiss = { taxIdType: "ch_vat", taxIdValue: "CHE-123.456.789 MWST" };
    const noted = { type: "no_vat", value: "123456789MVA" } as const;

    /** One of this form, and an older one that was added elsewhere. */
    async function withTwo(): Promise<Person> {
      const ada = await world.person();
      await saveDetails(ada, { taxIdType: "", taxIdValue: "" });
      const { id } = await atStripe(ada);
      await world.stripe.customers.createTaxId(id, noted);
      await world.stripe.customers.createTaxId(id, {
        type: "gb_vat",
        value: british.taxIdValue,
      });
      await world.delivered();
      return ada;
    }
    const fails = (...faults: object[]) =>
      Promise.all(
        faults.map((fault) =>
          world.control("faults", { path: "/v1/customers", ...fault }),
        ),
      );

    it("replace the newest, and leave one that was added elsewhere", async () => {
      const ada = await withTwo();
      expect(await saveDetails(ada, {})).toEqual([200]);
      expect(await taxIdsAtStripe(ada)).toEqual(["DE123456789", noted.value]);
    });

    it.each<[string, object, string[]]>([
      ["the same", {}, ["DE123456789", noted.value]],
      ["a third", swiss, [swiss.taxIdValue, noted.value]],
      ["the old one", british, [british.taxIdValue, noted.value]],
      ["none", { taxIdType: "", taxIdValue: "" }, [noted.value]],
    ])(
      "whose old one could not be removed end without it when %s is sent",
      async (_, next, left) => {
        const ada = await withTwo();
        await fails({ method: "DELETE", status: 500, count: 3 });
        expect(await saveDetails(ada, {})).toEqual([
          502,
          "payment_provider_failed",
        ]);
        expect(await taxIdsAtStripe(ada)).toHaveLength(3);
        expect(await saveDetails(ada, next)).toEqual([200]);
        expect(await taxIdsAtStripe(ada)).toEqual(left);
      },
    );
  });

  it("with a tax id that does not fit its kind are refused at that field, and nothing is changed", async () => {
    const ada = await world.person();
    await saveDetails(ada, {});
    const wrong = { name: "Other GmbH", taxIdValue: "123" };
    expect(await saveDetails(ada, wrong)).toEqual([
      422,
      "tax_id_refused",
      "/taxIdValue",
    ]);
    expect(await atStripe(ada)).toMatchObject({ name: "Bridge GmbH" });
    expect(await taxIdsAtStripe(ada)).toEqual(["DE123456789"]);
    const added = { type: "gb_vat", value: "GB123456789" } as const;
    const { id } = await atStripe(ada);
    await world.stripe.customers.createTaxId(id, added);
    expect(await saveDetails(ada, {})).toEqual([200]);
    expect(await taxIdsAtStripe(ada)).toEqual([added.value, "DE123456789"]);
  });

  it.each([
    [{ name: " " }, "validation", "/name"],
    [{ email: "invoices" }, "validation", "/email"],
    [{ country: "" }, "country_missing", "/country"],
    [{ country: "Germany" }, "validation", "/country"],
    [{ taxIdType: "" }, "tax_id_kind_missing", "/taxIdType"],
    [{ taxIdType: "__proto__" }, "validation", "/taxIdType"],
    [{ line1: "a\u0000b" }, "validation", "/line1"],
  ])("are refused at the field: %j (%s)", async (wrong, code, field) => {
    const ada = await world.person();
    expect(await saveDetails(ada, wrong)).toEqual([422, code, field]);
    expect(await mirrored(ada)).toBeUndefined();
  });

  it.each([
    ["making the customer", "POST", "/v1/customers"],
    ["reading its tax ids", "GET", "/v1/customers"],
  ])(
    "while Stripe fails at %s are not kept, and can be sent again",
    async (_, method, path) => {
      const ada = await world.person();
      await world.control("webhooks", { paused: true }); // whose fetches would use the faults up
      await world.control("faults", { method, path, status: 500, count: 3 });
      expect(await saveDetails(ada, {})).toEqual([
        502,
        "payment_provider_failed",
      ]);
      expect(await saveDetails(ada, {})).toEqual([200]);
      expect(await taxIdsAtStripe(ada)).toEqual(["DE123456789"]);
      await world.control("webhooks", { paused: false });
      await world.delivered();
    },
  );

  it("of a customer that was deleted at Stripe go to a new one", async () => {
    const ada = await world.person();
    await saveDetails(ada, {});
    const old = await atStripe(ada);
    await world.control("webhooks", { paused: true });
    await world.stripe.customers.del(old.id);
    expect(await saveDetails(ada, {})).toEqual([200]);
    await world.control("webhooks", { paused: false });
    await world.delivered();
    const now = await atStripe(ada);
    expect(now.id).not.toBe(old.id);
    expect(now).toMatchObject({ name: "Bridge GmbH" });
  });

  it("that somebody changes at Stripe are mirrored: address, and tax ids that come and go", async () => {
    const ada = await world.person();
    await saveDetails(ada, {});
    const { id, tax_ids } = await atStripe(ada);
    await world.stripe.customers.update(id, {
      address: { city: "Bonn", country: "DE" },
    });
    await world.stripe.customers.deleteTaxId(id, tax_ids?.data[0]?.id ?? "");
    await world.stripe.customers.createTaxId(id, {
      type: "gb_vat",
      value: "GB123456789",
    });
    await world.delivered();
    expect(await mirrored(ada)).toMatchObject({
      address: { city: "Bonn" },
      tax_ids: [{ value: "GB123456789" }],
    });
  });

  it("are for owners and admins: billing is refused, a stranger finds nothing", async () => {
    const [ada, bob, eve] = [
      await world.person("Ada"),
      await world.person("Bob"),
      await world.person("Eve"),
    ];
    await world.join(ada, bob, "billing");
    const wish = { tenantId: ada.tenantId };
    expect(await saveDetails(bob, wish)).toEqual([403, "forbidden"]);
    expect(await saveDetails(eve, wish)).toEqual([404, "not_found"]);
    expect(await mirrored(ada)).toBeUndefined();
  });
});
