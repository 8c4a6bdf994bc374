import { z } from "zod";
import { settleRefunds } from "@/lib/billing/refund-payment";
import { forgetOldTries } from "@/lib/platform/rate-limit";
import { after, seconds } from "@/lib/platform/time";
import { cleanUpEvents } from "./cleanup";
import { rollUpDays } from "./days";
import { drain } from "./drain";
import { reconcileEvents } from "./reconcile";
import { watchEndpoint } from "./silence";
import { sweep } from "./sweep";
import { watchMoney } from "./watch-money";

export const healAnswer = z.strictObject({
  reconciled: z.strictObject({ seen: z.int(), missing: z.int() }).nullable(),
  swept: z.record(
    z.string(),
    z
      .strictObject({ seen: z.int(), drifted: z.int(), mended: z.int() })
      .nullable(),
  ),
  deleted: z.int(),
  /** Places where money does not add up: must be 0. */
  leaks: z.int(),
});

/**
 * What keeps our rows true when webhooks fail: events that never arrived, objects that no event told of; a look at
 * whether money adds up; old events. Within `budget` milliseconds; what is left over is the next run's. Never in one
 * transaction.
 */
export async function heal(budget = seconds(45), now = new Date()) {
  const deadline = after(now, budget);
  const reconciled = await reconcileEvents({ deadline });
  await drain(budget / 3);
  await settleRefunds(deadline);
  // A large shop's objects take longer than any run, and what follows must have its turn.
  const swept = await sweep({ deadline: after(now, budget * 0.7) });
  const leaks = await watchMoney(deadline);
  await rollUpDays(deadline, now);
  const deleted = await cleanUpEvents(deadline);
  await forgetOldTries();
  await watchEndpoint(reconciled);
  return { reconciled, swept, deleted, leaks };
}
