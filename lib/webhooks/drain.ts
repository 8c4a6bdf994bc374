import { runDueEffects } from "@/lib/fulfilment/run";
import { processDueEvents } from "./process";

/** Works off what is due, in small portions, for at most `budget` milliseconds. */
export async function drain(
  budget = 20_000,
): Promise<{ events: number; effects: number }> {
  const portion = 10;
  const done = { events: 0, effects: 0 };
  for (const end = Date.now() + budget; Date.now() < end;) {
    const events = await processDueEvents(portion);
    const effects = await runDueEffects(portion);
    done.events += events;
    done.effects += effects;
    if (events < portion && effects < portion) break;
  }
  return done;
}
