import "@/lib/platform/settings-files";
import { parseArgs } from "node:util";
import { findLeaks } from "@/lib/billing/money-conservation";
import { after, days } from "@/lib/platform/time";
import { drain } from "@/lib/webhooks/drain";
import { reconcileEvents } from "@/lib/webhooks/reconcile";
import { replayEvent } from "@/lib/webhooks/replay";
import { sweep } from "@/lib/webhooks/sweep";
import { setUp } from "./setup";

const usage = `npm run stripe -- <command>

  setup        brings Stripe in line with this code: products and prices with lib/catalog/plans.ts, coupons
               with lib/catalog/coupons.ts, the customer portal with lib/billing/portal-configuration.ts, the
               webhook endpoint with STRIPE_WEBHOOK_ENDPOINT. Says what differs, then does it; repeatable; never
               deletes.   [--dry-run] changes nothing   [--move-subscribers] those on a price that has changed
               pay the new one from their next renewal on; without it they keep the old one
  reconcile    takes in the events of the last 29 days that never arrived   [--dry-run]
  backfill     fetches every object of our customers that we lack or have wrong   [--dry-run]
  drift        tells what differs between Stripe and us; changes nothing
  money        tells where payments, refunds and disputes do not add up; changes nothing
  replay <id>  works on a stored event once more`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "dry-run": { type: "boolean" },
    "move-subscribers": { type: "boolean" },
  },
});
const [command, id] = positionals;
const dryRun = values["dry-run"] ?? false;
const say = (line: string) => console.log(line);

const commands = new Map<string, () => Promise<unknown>>([
  [
    "setup",
    async () => {
      const moveSubscribers = values["move-subscribers"] ?? false;
      const allIsWell = await setUp({ dryRun, moveSubscribers }, say);
      if (!allIsWell) process.exitCode = 1;
    },
  ],
  [
    "reconcile",
    async () => ({
      reconciled: await reconcileEvents(
        { dryRun, since: after(new Date(), -days(29)) },
        say,
      ),
      ...(!dryRun && { drained: await drain(Infinity) }),
    }),
  ],
  ["backfill", () => sweep({ dryRun }, say)],
  ["drift", () => sweep({ dryRun: true }, say)],
  [
    "money",
    async () => {
      const leaks = await findLeaks();
      if (leaks.length > 0) process.exitCode = 1;
      return leaks;
    },
  ],
  ["replay", () => replayEvent(id ?? "", { kind: "job", id: "cli" })],
]);

const run = commands.get(command ?? "");
if (run) {
  const result = await run();
  if (result !== undefined) say(JSON.stringify(result, null, 2));
  // A pipe takes what was said in parts: to leave before the last would cut it short.
  process.stdout.write("", () => process.exit());
} else {
  console.error(usage);
  process.exitCode = 2;
}
