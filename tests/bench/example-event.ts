import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { startEmulator } from "../../dev/stripe/server";

/** A subscription as the emulator makes it, with the event that told of it. */
export async function makeExample(): Promise<{
  subscription: Stripe.Subscription;
  event: Stripe.Event;
}> {
  const dataDir = await mkdtemp(join(tmpdir(), "turnpike-bench-stripe-"));
  const emulator = await startEmulator({ port: 0, dataDir });
  try {
    const stripe = new Stripe("sk_test_bench12345678", {
      host: "127.0.0.1",
      port: emulator.port,
      protocol: "http",
    });
    const { id: customer } = await stripe.customers.create();
    const card = await stripe.paymentMethods.attach("pm_card_visa", {
      customer,
    });
    const { id: price } = await stripe.prices.create({
      currency: "usd",
      unit_amount: 2900,
      recurring: { interval: "month" },
      product_data: { name: "Bench" },
    });
    const { id } = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      default_payment_method: card.id,
    });
    await stripe.subscriptions.update(id, { metadata: { seen: "yes" } });
    const subscription = await stripe.subscriptions.retrieve(id, {
      expand: ["default_payment_method"],
    });
    const type = "customer.subscription.updated";
    const [event] = (await stripe.events.list({ type })).data;
    if (!event) throw new Error("the emulator made no event");
    return { subscription, event };
  } finally {
    await emulator.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
