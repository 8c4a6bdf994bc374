import { z } from "zod";
import { runDueEffects } from "@/lib/fulfilment/run";
import { seconds } from "@/lib/platform/time";
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
export async function drain(
  budget = seconds(20),
): Promise<{ events: number; effects: number }> {
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
