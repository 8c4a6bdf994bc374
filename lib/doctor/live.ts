import { setTimeout as pause } from "node:timers/promises";
import { systemDb } from "@/lib/platform/db";
import { webhookUrl } from "@/lib/platform/env";
import { stripe } from "@/lib/platform/stripe";
import { seconds } from "@/lib/platform/time";
import { good, wrong, type Check } from "./check";

/**
 * The only proof of the webhook secret: makes a customer at Stripe, waits until its event has come in signed
 * through the real endpoint, and deletes the customer, whatever happened.
 */
export const liveCheck = (patience = seconds(20)): Check => ({
  name: "Stripe reaches us",
  part: "live",
  needs: ["Key works", "Migrations"],
  async look() {
    const begun = Date.now();
    const { id } = await stripe().customers.create({
      description: "Made by npm run doctor -- --live, and deleted at once",
    });
    try {
      while (Date.now() - begun < patience) {
        if (await hasArrived(id)) {
          const taken = ((Date.now() - begun) / 1000).toFixed(1);
          return good(`Stripe reached us in ${taken} s.`);
        }
        await pause(100);
      }
    } finally {
      await stripe().customers.del(id);
    }
    return wrong(
      `Stripe made an event and it did not arrive at ${webhookUrl()} within ${patience / 1000} s. Where the address is right, STRIPE_WEBHOOK_SECRET is not that endpoint’s.`,
      'STRIPE_WEBHOOK_SECRET="whsec_…"  # https://dashboard.stripe.com/webhooks, Signing secret',
    );
  },
});

/** Signed by one of our secrets; what was read from Stripe's list proves nothing. */
async function hasArrived(objectId: string): Promise<boolean> {
  const where = { objectId, secretIndex: { gte: 0 } };
  return systemDb(
    "has the doctor's event arrived",
    async (tx) => (await tx.stripeEvent.count({ where })) > 0,
  );
}
