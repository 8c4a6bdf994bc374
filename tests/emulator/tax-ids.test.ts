import { expect, test } from "vitest";
import { emulate } from "./support";

test("a customer's tax ids are added, listed newest first, expanded and taken away", async () => {
  const { stripe } = await emulate();
  const { id } = await stripe.customers.create();
  const first = await stripe.customers.createTaxId(id, {
    type: "eu_vat",
    value: "DE123456789",
  });
  const second = await stripe.customers.createTaxId(id, {
    type: "gb_vat",
    value: "GB123456789",
  });
  expect(first).toMatchObject({
    object: "tax_id",
    country: "DE",
    customer: id,
    owner: { type: "customer", customer: id },
    verification: { status: "pending" },
  });
  const ids = async () =>
    (await stripe.customers.listTaxIds(id)).data.map((taxId) => taxId.id);
  expect(await ids()).toEqual([second.id, first.id]);
  const customer = await stripe.customers.retrieve(id, { expand: ["tax_ids"] });
  expect(customer).toMatchObject({
    tax_ids: { data: [{ id: second.id }, { id: first.id }] },
  });
  expect((await stripe.taxIds.retrieve(first.id)).value).toBe("DE123456789");

  expect(await stripe.customers.deleteTaxId(id, second.id)).toEqual(
    expect.objectContaining({ id: second.id, deleted: true }),
  );
  expect(await ids()).toEqual([first.id]);
  const events = await stripe.events.list({
    types: ["customer.tax_id.created", "customer.tax_id.deleted"],
  });
  expect(events.data.map((event) => event.type)).toEqual([
    "customer.tax_id.deleted",
    "customer.tax_id.created",
    "customer.tax_id.created",
  ]);
});

test("a tax id that does not fit its kind is refused, and so is another customer's", async () => {
  const { stripe } = await emulate();
  const { id } = await stripe.customers.create();
  await expect(
    stripe.customers.createTaxId(id, { type: "eu_vat", value: "123" }),
  ).rejects.toMatchObject({ code: "tax_id_invalid", param: "value" });
  const other = await stripe.customers.create();
  const taxId = await stripe.customers.createTaxId(other.id, {
    type: "us_ein",
    value: "12-3456789",
  });
  await expect(
    stripe.customers.deleteTaxId(id, taxId.id),
  ).rejects.toMatchObject({ code: "resource_missing" });
});
