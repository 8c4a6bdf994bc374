import { z } from "zod";
import { runDueEffects } from "@/lib/fulfilment/run";
import { systemDb } from "@/lib/platform/db";
import { seconds } from "@/lib/platform/time";
import { traced } from "@/lib/platform/trace";
import { readBacklog } from "./backlog";
import { processDueEvent } from "./process";

export const drainAnswer = z.strictObject({
  events: z.int(),
  effects: z.int(),
});

/** Stripe takes a tenth of a second or two for an answer: so many at once use up a live account's read budget. */
const workers = 8;

/**
 * Works off what is due, beginning nothing more after `budget` milliseconds. Any number of these may run
 * at once, here or elsewhere. Says how many events and effects it has had in hand.
 */
export function drain(
  budget = seconds(20),
): Promise<{ events: number; effects: number }> {
  return traced("drain", {}, async (note) => {
    const { events, oldestDueSeconds } = await systemDb("backlog", readBacklog);
    note({
      "backlog.events": events,
      "backlog.oldest_due_seconds": oldestDueSeconds,
    });
    return workOff(budget);
  });
}

async function workOff(budget: number) {
  const end = Date.now() + budget;
  const done = { events: 0, effects: 0 };
  const work = async () => {
    while (Date.now() < end) {
      const outcome = await processDueEvent();
      if (outcome === null || outcome === "put_off") return;
      done.events += 1;
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  while (Date.now() < end && (await runDueEffects(1)) > 0) done.effects += 1;
  return done;
}
