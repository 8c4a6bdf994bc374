import { setTimeout as pause } from "node:timers/promises";
import type { World } from "./world";

/**
 * Everything works again, and time passes: leases run out, retries fall due, and the app's own cron routes
 * do the rest. Returns what they reported to have mended.
 */
export async function heal(
  world: World,
): Promise<{ missing: number; drifted: number }> {
  await world.control("DELETE", "event-faults");
  await world.ready();
  await delivered(world);
  const total = { missing: 0, drifted: 0 };
  for (let round = 1; round <= 3; round += 1) {
    await dayPasses(world);
    await drainAll(world);
    await dayPasses(world);
    const report = await healOnce(world);
    total.missing += report.missing;
    total.drifted += report.drifted;
    await drainAll(world);
    if (report.missing + report.drifted === 0) break;
  }
  return total;
}

/** What Stripe still tries to deliver has arrived. */
async function delivered(world: World) {
  for (let tries = 0; tries < 600; tries += 1) {
    const { pending_deliveries: pending } = await world.control("GET", "state");
    // Stripe gives up after three days, and the healing cron finds those.
    if (pending.every((one) => one.next_at === null)) return;
    // The later retries are hours away.
    if (tries % 20 === 19) await world.advance(1200);
    await pause(100);
  }
  throw new Error("webhooks are refused although nothing is broken any more");
}

/** On the database's clock, which everything that waits goes by. */
async function dayPasses(world: World) {
  await world.database.ask(
    "UPDATE stripe_event SET next_try_at = next_try_at - interval '1 day', lease_until = lease_until - interval '1 day', finished_at = finished_at - interval '1 day'",
  );
  await world.database.ask(
    "UPDATE effect SET next_try_at = next_try_at - interval '1 day'",
  );
  await world.database.ask(
    "UPDATE job_cursor SET lease_until = lease_until - interval '1 day'",
  );
  await world.database.ask(
    "UPDATE checkout_intent SET lease_until = lease_until - interval '1 day'",
  );
}

async function drainAll(world: World) {
  for (let quiet = 0, tries = 0; quiet < 2 && tries < 50; tries += 1) {
    const done = await world.cron("drain");
    quiet = done && done.events === 0 && done.effects === 0 ? quiet + 1 : 0;
  }
}

type Swept = Record<string, { drifted: number } | null>;

async function healOnce(world: World) {
  for (let tries = 0; tries < 20; tries += 1) {
    const done = await world.cron("heal");
    const reconciled = done?.reconciled as
      { missing: number } | null | undefined;
    if (!done || !reconciled) continue;
    const swept = Object.values(done.swept as Swept);
    const drifted = swept.reduce((sum, one) => sum + (one?.drifted ?? 0), 0);
    return { missing: reconciled.missing, drifted };
  }
  throw new Error("the healing cron does not come through");
}
