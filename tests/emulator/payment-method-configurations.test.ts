import { expect, test } from "vitest";
import { emulate, SUCCESS_URL, type Bench } from "./support";

const onceFor = (currency: string) => ({
  mode: "payment" as const,
  line_items: [
    {
      quantity: 1,
      price_data: {
        currency,
        unit_amount: 14900,
        product_data: { name: "Onboarding" },
      },
    },
  ],
  success_url: SUCCESS_URL,
});

function configure(
  { stripe }: Bench,
  off: { card?: boolean; us_bank_account?: boolean } = {},
) {
  const preference = (isOff = false) => ({
    display_preference: { preference: isOff ? "off" : "on" } as const,
  });
  return stripe.paymentMethodConfigurations.create({
    name: "Ours",
    card: preference(off.card),
    us_bank_account: preference(off.us_bank_account),
  });
}

test("a configuration is made, changed, retrieved and listed", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const made = await configure(bench, { us_bank_account: true });
  expect(made).toMatchObject({
    active: true,
    name: "Ours",
    card: { available: true, display_preference: { value: "on" } },
    us_bank_account: { available: false, display_preference: { value: "off" } },
  });
  expect(made.id).toMatch(/^pmc_/);
  await stripe.paymentMethodConfigurations.update(made.id, {
    us_bank_account: { display_preference: { preference: "none" } },
  });
  const found = await stripe.paymentMethodConfigurations.retrieve(made.id);
  expect(found.us_bank_account?.display_preference).toMatchObject({
    preference: "none",
    value: "on",
  });
  expect(found.card).toEqual(made.card);
  const { data } = await stripe.paymentMethodConfigurations.list();
  expect(data.map(({ id }) => id)).toEqual([made.id]);
});

test("a checkout offers what its configuration turns on, and names it", async () => {
  const bench = await emulate();
  const { id } = await configure(bench, { us_bank_account: true });
  const open = (payment_method_configuration?: string) =>
    bench.stripe.checkout.sessions.create({
      ...onceFor("usd"),
      ...(payment_method_configuration && { payment_method_configuration }),
    });
  expect((await open()).payment_method_types).toContain("us_bank_account");
  expect(await open(id)).toMatchObject({
    payment_method_types: ["card"],
    payment_method_configuration_details: { id, parent: null },
  });
});

test("a payment names its configuration, and what it may be paid with", async () => {
  const bench = await emulate();
  const { id } = await configure(bench);
  const begin = (extra: object) =>
    bench.stripe.paymentIntents.create({
      amount: 14900,
      currency: "usd",
      automatic_payment_methods: { enabled: true },
      ...extra,
    });
  expect(await begin({ payment_method_configuration: id })).toMatchObject({
    payment_method_configuration_details: { id, parent: null },
  });
  expect(
    await begin({
      allowed_payment_method_types: ["card"],
      excluded_payment_method_types: ["us_bank_account"],
    }),
  ).toMatchObject({
    allowed_payment_method_types: ["card"],
    excluded_payment_method_types: ["us_bank_account"],
  });
  const cardless = await configure(bench, { card: true });
  for (const extra of [
    { payment_method_configuration: cardless.id },
    { excluded_payment_method_types: ["card"] },
    { allowed_payment_method_types: ["us_bank_account"] },
  ])
    await expect(begin(extra)).rejects.toMatchObject({ statusCode: 501 });
});

test("one that is not there, or not active any more, is refused", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { id } = await configure(bench);
  await stripe.paymentMethodConfigurations.update(id, { active: false });
  const param = "payment_method_configuration";
  for (const [payment_method_configuration, code] of [
    ["pmc_none", "resource_missing"],
    [id, undefined],
  ] as const)
    for (const asked of [
      stripe.checkout.sessions.create({
        ...onceFor("usd"),
        payment_method_configuration,
      }),
      stripe.paymentIntents.create({
        amount: 100,
        currency: "usd",
        payment_method_configuration,
      }),
    ])
      await expect(asked).rejects.toMatchObject({
        statusCode: 400,
        param,
        ...(code && { code }),
      });
});
