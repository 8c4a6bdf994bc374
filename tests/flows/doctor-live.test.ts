import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checks } from "@/lib/doctor/checks";
import { examine, type Examined } from "@/lib/doctor/examine";
import { liveCheck } from "@/lib/doctor/live";
import { after, minutes, seconds } from "@/lib/platform/time";
import { reconcileEvents } from "@/lib/webhooks/reconcile";
import { doctorActs, firstWrong, look } from "@/tests/support/doctor-acts";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
let acts: ReturnType<typeof doctorActs>;
beforeAll(async () => {
  world = await startWorld({ mail: true });
  acts = doctorActs(world);
});
afterAll(() => world.close());

// In this order: a new endpoint has another secret than the app.
describe("of the endpoint it names first that", () => {
  const withLive = async () =>
    firstWrong(await examine([...checks, liveCheck(seconds(1))]));

  it("it signs with another secret, which only a webhook proves; and leaves no customer behind", async () => {
    const { id } = await acts.endpoint();
    await world.control("secrets", { endpoint: id, overlap_seconds: 0 });
    expect(await look()).toBeUndefined();
    const named = await withLive();
    expect(named?.name).toBe("Stripe reaches us");
    expect(named?.found).toContain("STRIPE_WEBHOOK_SECRET");
    expect((await world.stripe.customers.list()).data).toEqual([]);
  });

  it("nothing arrives, though the event was read from Stripe’s list", async () => {
    const since = after(new Date(), -minutes(5));
    let named: Examined | undefined | "looking" = "looking";
    const looking = withLive().then((found) => {
      named = found;
    });
    while (named === "looking") await reconcileEvents({ since });
    await looking;
    const events = await world.rows(
      "SELECT id FROM stripe_event WHERE type = 'customer.created' AND secret_index = -1",
    );
    expect(events).not.toEqual([]);
    expect(named).toMatchObject({ name: "Stripe reaches us" });
  });

  it("it speaks another version", async () => {
    const { id, url } = await acts.endpoint();
    await world.stripe.webhookEndpoints.del(id);
    await world.stripe.webhookEndpoints.create({
      url,
      enabled_events: ["*"],
      api_version: "2024-06-20",
    });
    expect((await look())?.name).toBe("Webhook version");
  });

  it("there is none", async () => {
    await world.stripe.webhookEndpoints.del((await acts.endpoint()).id);
    const named = await look();
    expect(named?.name).toBe("Webhook endpoint");
    expect(named?.found).toMatch(/^Stripe has no webhook endpoint for http/);
    expect(named?.fix[0]).toMatch(/^STRIPE_WEBHOOK_ENDPOINT=.* npm run stripe/);
  });
});
