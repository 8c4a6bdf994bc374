import { afterAll, beforeAll, expect, it } from "vitest";
import { getCheckoutResult } from "@/lib/billing/checkout-result";
import { getBillingOverview } from "@/lib/billing/overview";
import {
  contextOf,
  startWorld,
  type Person,
  type World,
} from "@/tests/support/world";

const HAS_MONEY = "000123456789";
const HAS_NONE = "000222222227";
const THREE_DAYS = 3 * 86_400;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Buys once and pays from a bank account: the money comes or fails days later. */
async function buyByDebit(account: string) {
  const ada = await world.person();
  const { id, url } = await world.open(ada, { priceId: "onboarding_session" });
  await world.pay(`${url}?method=bank`, account);
  await world.delivered();
  return { ada, id };
}

async function handedOver(person: Person): Promise<number> {
  await world.cron();
  const effects = await world.rows(
    "SELECT 1 FROM effect WHERE tenant_id = $1 AND kind = 'purchase_paid'",
    [person.tenantId],
  );
  return effects.length;
}

async function paymentOf(person: Person): Promise<string | undefined> {
  const rows = await world.rows<{ status: string }>(
    "SELECT status FROM payment WHERE tenant_id = $1",
    [person.tenantId],
  );
  return rows[0]?.status;
}

const stateOf = async (person: Person, id: string) =>
  (await getCheckoutResult(contextOf(person), id))?.state;
const orderOf = async (person: Person) =>
  (await getBillingOverview(person)).orders[0]?.status;

it("50: an order paid by debit is under way until its money comes, and is handed over once", async () => {
  const { ada, id } = await buyByDebit(HAS_MONEY);
  expect([await stateOf(ada, id), await orderOf(ada)]).toEqual([
    "under_way",
    "pending",
  ]);
  expect(await paymentOf(ada)).toBe("processing");
  expect(await handedOver(ada)).toBe(0);

  await world.control("clock", { advance_seconds: THREE_DAYS });
  await world.delivered();
  expect([await stateOf(ada, id), await orderOf(ada)]).toEqual([
    "confirmed",
    "paid",
  ]);
  expect(await paymentOf(ada)).toBe("succeeded");
  expect(await handedOver(ada)).toBe(1);
});

it("an order whose debit fails is told as failed, and nothing is handed over", async () => {
  const { ada, id } = await buyByDebit(HAS_NONE);
  await world.control("clock", { advance_seconds: THREE_DAYS });
  await world.delivered();
  expect([await stateOf(ada, id), await orderOf(ada)]).toEqual([
    "failed",
    "failed",
  ]);
  expect(await paymentOf(ada)).toBe("requires_payment_method");
  expect(await handedOver(ada)).toBe(0);
});

it("money that came is found by the return page when no webhook tells of it", async () => {
  const { ada, id } = await buyByDebit(HAS_MONEY);
  await world.control("webhooks", { paused: true });
  await world.control("clock", { advance_seconds: THREE_DAYS });
  expect(await orderOf(ada)).toBe("pending");
  expect(await stateOf(ada, id)).toBe("confirmed");
  await world.control("webhooks", { paused: false });
  await world.delivered();
  expect(await handedOver(ada)).toBe(1);
});
