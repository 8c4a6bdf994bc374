import "@/lib/platform/settings-files";
import { setTimeout as pause } from "node:timers/promises";
import { upkeep } from "@/lib/admin/upkeep";
import { describeError, log } from "@/lib/platform/log";
import { minutes, seconds } from "@/lib/platform/time";
import { drain } from "@/lib/webhooks/drain";
import { recordRun } from "@/lib/webhooks/record-run";

/** Where no cron calls the routes: the same functions in a loop, until SIGTERM or SIGINT. */
const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, () => stop.abort());

log().info("worker started");
let healAt = Date.now();
while (!stop.signal.aborted) {
  try {
    const done = await recordRun("drain", () => drain());
    if (Date.now() >= healAt) {
      await recordRun("heal", () => upkeep());
      healAt = Date.now() + minutes(10);
    }
    if (done.events + done.effects === 0)
      await pause(seconds(1), undefined, { signal: stop.signal });
  } catch (error) {
    if (stop.signal.aborted) break;
    log().error({ error: describeError(error) }, "worker goes on after this");
    await pause(seconds(5));
  }
}
log().info("worker stopped");
process.exit(0);
