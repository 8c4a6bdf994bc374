import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setUp } from "@/lib/cli/setup";
import { handledEvents } from "@/lib/webhooks/handlers";
import { startWorld, type World } from "@/tests/support/world";

const endpoint = "https://app.example.com/api/webhooks/stripe";
process.env.STRIPE_WEBHOOK_ENDPOINT = endpoint;

let world: World;
const atFirst: string[] = [];
beforeAll(async () => {
  world = await startWorld({ say: (line) => atFirst.push(line) });
});
// Each test changes the account, and finds it in line.
beforeEach(() => setUp({ moveSubscribers: true }, () => {}));
afterAll(() => world.close());

async function run(options: Parameters<typeof setUp>[0] = {}) {
  const said: string[] = [];
  const isWell = await setUp(options, (line) => said.push(line));
  return { isWell, said };
}
/** What differs, as it was said. */
const differences = async (options?: Parameters<typeof setUp>[0]) =>
  (await run(options)).said
    .filter((line) => /^ {2}[+~]/.test(line))
    .map((line) => line.trim());

const inLine = "Stripe (test mode) is in line with this code.";

async function priceOf(lookupKey: string): Promise<Stripe.Price> {
  const { data } = await world.stripe.prices.list({ lookup_keys: [lookupKey] });
  if (!data[0]) throw new Error(`no price ${lookupKey}`);
  return data[0];
}

/** As if the catalogue had said this amount until now. */
async function soldSoFarAt(amount: number): Promise<Stripe.Price> {
  return world.stripe.prices.create({
    product: "plan_pro",
    currency: "usd",
    unit_amount: amount,
    recurring: { interval: "month" },
    lookup_key: "pro_monthly",
    transfer_lookup_key: true,
  });
}

const executed = async () =>
  Object.entries((await world.control("state")).requests)
    .filter(([request]) => /^(POST|DELETE) /.test(request))
    .reduce((sum, [, count]) => sum + (count?.executed ?? 0), 0);

describe("setup", () => {
  it("changes nothing where all is right, and says so", async () => {
    const before = await executed();
    expect(await run()).toEqual({ isWell: true, said: [inLine] });
    expect(await executed()).toBe(before);
  });

  it("says first what it would do, and a dry run leaves it at that", async () => {
    await soldSoFarAt(2500);
    await world.stripe.products.update("plan_pro", { name: "Professional" });
    const before = await executed();
    expect(await run({ dryRun: true })).toEqual({
      isWell: true,
      said: [
        "Stripe (test mode) differs from this code:",
        "  ~ product plan_pro: Professional → Pro",
        "  ~ price pro_monthly: $25.00 per month → $29.00 per month",
        "  ~ customer portal: brought in line",
        "Nothing was changed: this was a dry run.",
      ],
    });
    expect(await executed()).toBe(before);
    expect((await run()).said.at(-1)).toBe("Done: 3 of 3.");
    expect((await run()).said).toEqual([inLine]);
  });

  it("has made everything in an account that had nothing", () => {
    for (const line of [
      "+ product plan_pro: Pro",
      "+ price pro_yearly: $290.00 per year",
      "+ price onboarding_session: $149.00",
      "+ coupon welcome_20: 20% off, once",
      "+ promotion code WELCOME20: welcome_20",
      "+ customer portal",
      `+ webhook endpoint ${endpoint}`,
    ])
      expect(atFirst).toContain(`  ${line}`);
    expect(atFirst.some((line) => /^we_\w+ signs with whsec_/.test(line))).toBe(
      true,
    );
  });
});

describe("what was changed in the Dashboard", () => {
  it("is mended: an archived price, an archived product", async () => {
    const { id } = await priceOf("pro_monthly");
    await world.stripe.prices.update(id, { active: false });
    await world.stripe.products.update("plan_pro", { active: false });
    expect(await differences()).toEqual([
      "~ product plan_pro: archived → active",
      "~ price pro_monthly: archived → active",
      "~ customer portal: brought in line",
    ]);
    const ada = await world.person();
    await world.open(ada);
    expect((await priceOf("pro_monthly")).id).toBe(id);
  });

  it("is mended: a promotion code that was switched off", async () => {
    const { data } = await world.stripe.promotionCodes.list({
      code: "WELCOME20",
    });
    await world.stripe.promotionCodes.update(data[0]?.id ?? "", {
      active: false,
    });
    expect(await differences()).toEqual([
      "~ promotion code WELCOME20: off → on",
    ]);
  });

  it("cannot be mended where a coupon has other terms: that is said, and fails", async () => {
    await world.stripe.coupons.del("welcome_20");
    await world.stripe.coupons.create({ id: "welcome_20", percent_off: 30 });
    const { isWell, said } = await run();
    expect(isWell).toBe(false);
    expect(said.join("\n")).toContain("give it another id");
    const coupon = await world.stripe.coupons.retrieve("welcome_20");
    expect(coupon.percent_off).toBe(30);
    await world.stripe.coupons.del("welcome_20");
  });
});

describe("a price that has changed", () => {
  type Item = Stripe.SubscriptionCreateParams.Item;

  /** Somebody who pays for this by card. */
  async function subscribed(item: Item): Promise<Stripe.Subscription> {
    const { customers, paymentMethods, subscriptions } = world.stripe;
    const { id: customer } = await customers.create();
    const card = await paymentMethods.attach("pm_card_visa", { customer });
    const default_payment_method = card.id;
    return subscriptions.create({
      customer,
      items: [item],
      default_payment_method,
    });
  }

  const priceNow = async ({ id }: Stripe.Subscription) =>
    (await world.stripe.subscriptions.retrieve(id)).items.data[0]?.price.id;

  it("keeps its subscribers, and says each time how many they are", async () => {
    const old = await soldSoFarAt(2500);
    const subscription = await subscribed({ price: old.id });
    for (const _ of [1, 2])
      expect((await run()).said).toContain(
        "1 subscription on an earlier pro_monthly: kept. --move-subscribers moves them.",
      );
    expect(await priceNow(subscription)).toBe(old.id);
  });

  it("moves them when told to: nothing is charged now, the next renewal costs the new price", async () => {
    const old = await soldSoFarAt(2500);
    const subscription = await subscribed({ price: old.id });
    const totals = async () =>
      (
        await world.stripe.invoices.list({ subscription: subscription.id })
      ).data.map(({ total }) => total);
    expect(await differences({ moveSubscribers: true })).toContain(
      "~ 1 subscription on an earlier pro_monthly: on the new price from the next renewal on",
    );
    const { id } = await priceOf("pro_monthly");
    expect(await priceNow(subscription)).toBe(id);
    expect(await totals()).toEqual([2500]);
    await world.control("clock", { advance_seconds: 32 * 86_400 });
    expect(await totals()).toEqual([2900, 2500]);
    expect((await run({ moveSubscribers: true })).said).toEqual([inLine]);
  });

  it("64: leaves whoever has a planned change alone, and says who", async () => {
    const old = await soldSoFarAt(2500);
    const subscription = await subscribed({ price: old.id });
    const schedule = await world.stripe.subscriptionSchedules.create({
      from_subscription: subscription.id,
    });
    const { said } = await run({ moveSubscribers: true });
    expect(said.join("\n")).toContain(
      `${subscription.id} has a planned change`,
    );
    expect(await priceNow(subscription)).toBe(old.id);
    await world.stripe.subscriptionSchedules.release(schedule.id);
  });

  it("never moves whoever has a price of their own", async () => {
    const { id: price } = await world.stripe.prices.create({
      product: "plan_pro",
      currency: "usd",
      unit_amount: 2000,
      recurring: { interval: "month" },
    });
    const subscription = await subscribed({ price });
    expect((await run({ moveSubscribers: true })).said).toEqual([inLine]);
    expect(await priceNow(subscription)).toBe(price);
  });
});

describe("the webhook endpoint", () => {
  const endpoints = async () =>
    (await world.stripe.webhookEndpoints.list({ limit: 100 })).data.filter(
      ({ url }) => url === endpoint,
    );

  it("is subscribed to exactly what is handled, and enabled", async () => {
    const [before] = await endpoints();
    await world.stripe.webhookEndpoints.update(before?.id ?? "", {
      enabled_events: ["charge.succeeded", "coupon.created"],
      disabled: true,
    });
    const [line] = await differences();
    expect(line).toMatch(/; no more to coupon\.created; enabled again$/);
    const [after] = await endpoints();
    expect(after).toMatchObject({ id: before?.id, status: "enabled" });
    expect(after?.enabled_events.toSorted()).toEqual(
      [...handledEvents].toSorted(),
    );
  });

  it("32: of another version stays, and one of the SDK's version is made beside it", async () => {
    const [before] = await endpoints();
    await world.stripe.webhookEndpoints.del(before?.id ?? "");
    const old = await world.stripe.webhookEndpoints.create({
      url: endpoint,
      enabled_events: ["*"],
      api_version: "2024-06-20",
    });
    const { said } = await run();
    expect(said.filter((line) => /whsec_\w+$/.test(line))).toHaveLength(1);
    expect(said.join("\n")).toContain(
      `${old.id} delivers to the same address, in version 2024-06-20`,
    );
    const both = await endpoints();
    expect(new Set(both.map(({ api_version }) => api_version))).toEqual(
      new Set(["2024-06-20", Stripe.API_VERSION]),
    );
    const again = await run();
    expect(again.said.join("\n")).not.toContain("whsec_");
    expect(await endpoints()).toHaveLength(2);
    await world.stripe.webhookEndpoints.del(old.id);
  });
});

describe("a restricted key", () => {
  it("is told every permission that it lacks, and what could not be done", async () => {
    await soldSoFarAt(2500);
    await world.stripe.products.update("plan_pro", { name: "Professional" });
    for (const [method, path, permission] of [
      ["GET", "/v1/webhook_endpoints", "rak_webhook_read"],
      ["POST", "/v1/products/plan_pro", "rak_product_write"],
    ])
      await world.control("faults", { method, path, permission });
    const { isWell, said } = await run();
    expect(isWell).toBe(false);
    expect(said).toContain("! not done: product plan_pro: Professional → Pro");
    expect(said.join("\n")).toContain("rak_webhook_read, rak_product_write");
    expect((await priceOf("pro_monthly")).unit_amount).toBe(2900);
    expect((await run()).isWell).toBe(true);
  });

  it("is not blamed when Stripe is down", async () => {
    await world.control("faults", {
      path: "/v1/products",
      status: 500,
      count: 99,
    });
    await expect(run()).rejects.toThrow(/Injected fault 500/);
  });
});
