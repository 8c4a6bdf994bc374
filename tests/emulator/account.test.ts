import { expect, test } from "vitest";
import { emulate } from "./support";

test("the shop's own account is asked for in both ways, and stays the same", async () => {
  const bench = await emulate();
  const account = await bench.stripe.accounts.retrieveCurrent();
  expect(account).toMatchObject({
    charges_enabled: true,
    country: "US",
    default_currency: "usd",
    object: "account",
    settings: { dashboard: { display_name: "Turnpike demo shop" } },
    type: "standard",
  });
  expect(account.id).toMatch(/^acct_1\w{15}$/);
  await bench.control("reset");
  const again = await bench.stripe.accounts.retrieve(null);
  expect(again.id).toBe(account.id);
  await expect(
    bench.stripe.accounts.retrieve("acct_1other"),
  ).rejects.toMatchObject({ statusCode: 501 });
});
