import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { subscribe } from "./life";
import {
  emulate,
  idOf,
  subscribed,
  SUCCESS_URL,
  withUrl,
  type Bench,
} from "./support";

/** What a purchase leaves behind; of the rest there is one, however many buy. */
const LIVES =
  /^\[\{"put":"(balance_transaction|card_number|charge|checkout_session|customer|debit|event|invoice|invoice_payment|kept_answer|payment_intent|payment_method|subscription)"/;

/** An emulator in which so many people have bought, each with objects of their own. */
async function stocked(buyers: number): Promise<Bench> {
  const first = await emulate();
  const { dataDir } = first;
  await subscribed(first);
  await first.close();
  // A restart writes one line for each object.
  await (await emulate({ dataDir })).close();
  const file = path.join(dataDir, "journal.jsonl");
  const lines = (await readFile(file, "utf8")).split("\n");
  const life = lines.filter((line) => LIVES.test(line));
  const ids = life.flatMap(
    (line) => /"value":\{"id":"([^"]+)"/.exec(line)?.[1] ?? [],
  );
  const named = new RegExp([...new Set(ids)].join("|"), "g");
  const block = life.join("\n");
  const copies = Array.from({ length: buyers - 1 }, (_, n) =>
    block.replace(named, (id) => `${id}x${n}`),
  );
  await appendFile(file, `${copies.join("\n")}\n`);
  return emulate({ dataDir });
}

/** Requests of every family, and the pages; each as many look-ups as it makes in the store's maps. */
async function costs(bench: Bench): Promise<Map<string, number>> {
  const { stripe } = bench;
  const found = new Map<string, number>();
  const looks = vi.spyOn(Map.prototype, "get");
  const count = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    looks.mockClear();
    const result = await act();
    found.set(name, looks.mock.calls.length);
    looks.mockClear();
    return result;
  };
  const few = { limit: 3 };
  const page = (at: string) => async () =>
    (await fetch(`${bench.origin}${at}`)).text();
  const subscription = await count("subscribe", () => subscribe(bench));
  const [item] = subscription.items.data;
  const price = item?.price.id ?? "";
  const customer = idOf(subscription.customer);
  await count("customers.update", () =>
    stripe.customers.update(customer, { name: "B" }),
  );
  await count("subscriptions.update", () =>
    stripe.subscriptions.update(subscription.id, {
      items: [{ id: idOf(item), quantity: 3 }],
      proration_behavior: "always_invoice",
    }),
  );
  await count("invoices.createPreview", () =>
    stripe.invoices.createPreview({ subscription: subscription.id }),
  );
  const session = await count("checkout.sessions.create", () =>
    stripe.checkout.sessions.create({
      mode: "subscription",
      customer,
      line_items: [{ price, quantity: 1 }],
      success_url: SUCCESS_URL,
    }),
  );
  const { url } = withUrl(session);
  await count("checkout page", page(new URL(url).pathname));
  const [charge] = await count("charges.list", async () => {
    return (await stripe.charges.list({ customer })).data;
  });
  await count("refunds.create", () =>
    stripe.refunds.create({ charge: idOf(charge) }),
  );
  await count("billingPortal.sessions.create", () =>
    stripe.billingPortal.sessions.create({ customer }),
  );
  await count("customers.list", () => stripe.customers.list(few));
  await count("customers.list by email", () =>
    stripe.customers.list({ email: "nobody@example.com" }),
  );
  await count("subscriptions.list", () => stripe.subscriptions.list(few));
  await count("subscriptions.list by status", () =>
    stripe.subscriptions.list({ status: "canceled" }),
  );
  await count("subscriptions.list by price", () =>
    stripe.subscriptions.list({ price }),
  );
  await count("invoices.list by status", () =>
    stripe.invoices.list({ status: "open" }),
  );
  await count("balanceTransactions.list by type", () =>
    stripe.balanceTransactions.list({ type: "refund" }),
  );
  await count("events.list by type", () =>
    stripe.events.list({ type: "refund.created" }),
  );
  for (const at of ["/", "/objects", "/objects/customer", "/events"])
    await count(at, page(at));
  await count("an hour passes", () => bench.advance(3600));
  await count("state", () => bench.state());
  looks.mockRestore();
  return found;
}

test(
  "a request with 100,000 objects stored makes at most twice the look-ups it makes with 100",
  { timeout: 120_000 },
  async () => {
    const few = await stocked(4);
    const cheap = await costs(few);
    const many = await stocked(4_100);
    const { counts } = await many.state();
    const stored = Object.values(counts).reduce((sum, count) => sum + count);
    expect(stored).toBeGreaterThan(100_000);
    const dear = [...(await costs(many))].filter(
      // The dashboard and a list show more of more, up to a page.
      ([name, count]) => count > 2 * (cheap.get(name) ?? 0) + 150,
    );
    expect(dear).toEqual([]);
    expect(cheap.size).toBeGreaterThan(20);
  },
);
