import { setTimeout as pause } from "node:timers/promises";
import type { World } from "./world";

/** Events about these reach their objects in another way too, so they may never be made at all. */
const swept = [
  "checkout.session.completed",
  "customer.subscription.created",
  "customer.subscription.deleted",
  "customer.subscription.updated",
  "invoice.paid",
  "invoice.payment_failed",
  "invoice.finalized",
  "refund.created",
  "charge.refunded",
  "charge.updated",
];

export const themes = ["network", "database", "Stripe", "webhooks"] as const;
export type Theme = (typeof themes)[number];

/** One trouble after the other until `signal`; every phase has all of them, and most of its own theme. */
export async function makeTrouble(
  world: World,
  theme: Theme,
  signal: AbortSignal,
): Promise<void> {
  const { random } = world;
  while (!signal.aborted) {
    await someMessages(world, 50 + random.below(500), signal);
    const kind = random.chance(0.6) ? theme : random.pick(themes);
    await trouble(world, kind).catch(() => {}); // the database may be down itself
  }
}

/** The slower the machine, the rarer the troubles: otherwise nothing would ever work in between. */
async function someMessages(
  { mischief }: World,
  many: number,
  signal: AbortSignal,
) {
  const goal = mischief.messages() + many;
  while (mischief.messages() < goal && !signal.aborted) await pause(50);
}

async function trouble(world: World, kind: Theme): Promise<void> {
  const { random, mischief, database } = world;
  switch (kind) {
    case "network":
      if (random.chance(0.4)) return mischief.resetStatement();
      return mischief.resetCommit(random.pick(["cut", "sent", "answered"]));
    case "database":
      if (random.chance(0.05)) {
        mischief.count("database ended and started again");
        return database.outage(500 + random.below(1500));
      }
      if (random.chance(0.3)) {
        mischief.count("database hangs");
        const ms = random.chance(0.1) ? 7000 : 300 + random.below(1500);
        return world.proxies.forEach((proxy) => proxy.stall(ms));
      }
      return mischief.count(
        "backend terminated",
        await database.terminate(1 + random.below(4)),
      );
    case "Stripe":
      return mischief.stripeTrouble(1 + random.below(3));
    case "webhooks":
      return webhookTrouble(world);
  }
}

async function webhookTrouble(world: World) {
  const { random, mischief } = world;
  const act = random.pick([
    "delay",
    "drop",
    "duplicate",
    "duplicate",
    "reorder",
    "suppress",
  ] as const);
  const many = 1 + random.below(act === "suppress" ? 2 : 6);
  mischief.loseWebhookAnswers(random.below(3));
  mischief.count(`event ${act} asked for`, many);
  await world.control("POST", "event-faults", {
    act,
    count: many,
    delayMs: 200 + random.below(3000),
    seed: 1 + random.below(1_000_000),
    ...(act === "suppress" && { type: random.pick(swept) }),
  });
}
