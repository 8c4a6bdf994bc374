import { expect, test } from "vitest";
import { emulate } from "./support";

test("a customer's balance moves only by entries that say why", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { id } = await stripe.customers.create({ balance: -500 });
  const entry = await stripe.customers.createBalanceTransaction(id, {
    amount: 200,
    currency: "usd",
    description: "Goodwill taken back",
  });
  expect(entry).toMatchObject({
    type: "adjustment",
    amount: 200,
    ending_balance: -300,
  });
  await stripe.customers.update(id, { balance: 0 });
  expect((await stripe.customers.retrieve(id)).deleted).toBeUndefined();
  expect(await stripe.customers.retrieve(id)).toMatchObject({ balance: 0 });
  const { data } = await stripe.customers.listBalanceTransactions(id);
  expect(data.map((one) => [one.type, one.amount, one.ending_balance])).toEqual(
    [
      ["adjustment", 300, 0],
      ["adjustment", 200, -300],
      ["initial", -500, -500],
    ],
  );
  await expect(
    stripe.customers.createBalanceTransaction(id, {
      amount: 1,
      currency: "eur",
    }),
  ).rejects.toMatchObject({ param: "currency" });
});

test("nobody reaches another customer's entries or tax ids", async () => {
  const { stripe } = await emulate();
  const ada = await stripe.customers.create({
    balance: 100,
    tax_id_data: [{ type: "us_ein", value: "12-3456789" }],
  });
  const bob = await stripe.customers.create();
  const [entry] = (await stripe.customers.listBalanceTransactions(ada.id)).data;
  const [taxId] = (await stripe.customers.listTaxIds(ada.id)).data;
  await expect(
    stripe.customers.retrieveBalanceTransaction(bob.id, entry?.id ?? ""),
  ).rejects.toMatchObject({ statusCode: 404 });
  await expect(
    stripe.customers.retrieveTaxId(bob.id, taxId?.id ?? ""),
  ).rejects.toMatchObject({ statusCode: 404 });
});
