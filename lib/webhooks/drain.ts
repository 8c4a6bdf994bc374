import { runDueEffects } from "@/lib/fulfilment/run";
import { seconds } from "@/lib/platform/time";
import { processDueEvents } from "./process";

/** Works off what is due, one by one, beginning nothing more after `budget` milliseconds. */
export async function drain(
  budget = seconds(20),
): Promise<{ events: number; effects: number }> {
  const done = { events: 0, effects: 0 };
  for (const end = Date.now() + budget; Date.now() < end;) {
    const events = await processDueEvents(1);
    const effects = await runDueEffects(1);
    done.events += events;
    done.effects += effects;
    if (events + effects === 0) break;
  }
  return done;
}
