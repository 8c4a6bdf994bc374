import { z } from "zod";
import { after, seconds } from "@/lib/platform/time";
import { finishErasures } from "@/lib/privacy/finish-erasures";
import { heal, healAnswer } from "@/lib/webhooks/heal";
import { keepSums } from "./metrics/keep-sums";

export const upkeepAnswer = healAnswer.extend({ erased: z.int() });

/**
 * What the cron asks for every ten minutes: our rows are made true, erasures finished, and what is over is added up. Its
 * route has a minute: in the last seconds of it no further erasure is begun.
 */
export async function upkeep(now = new Date()) {
  const healed = await heal();
  const erased = await finishErasures({ deadline: after(now, seconds(50)) });
  await keepSums(after(new Date(), seconds(5)));
  return { ...healed, erased };
}
