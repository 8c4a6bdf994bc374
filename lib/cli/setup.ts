import { livemode } from "@/lib/platform/env";
import type { Change } from "./change";
import { ifAllowed, type Lacking } from "./lacking";
import { planCoupons } from "./setup-coupons";
import { planPortal } from "./setup-portal";
import { planPrices } from "./setup-prices";
import { planProducts } from "./setup-products";
import { planWebhook } from "./setup-webhook";

type Options = {
  dryRun?: boolean;
  /** Subscribers of a price that has changed go over to the new one. */
  moveSubscribers?: boolean;
};
type Say = (line: string) => void;

/**
 * Brings Stripe in line with this code: products, prices, coupons and promotion codes, customer portal, webhook
 * endpoint. Says first what differs, then does it, unless it is a dry run. Repeatable: what is right is left
 * alone. Never deletes. False when something is left that a person must decide or allow.
 */
export async function setUp(options: Options, say: Say): Promise<boolean> {
  const lacking: Lacking = new Set();
  const changes: Change[] = [];
  const notes: string[] = [];
  const warnings: string[] = [];
  for (const plan of [
    planProducts,
    () => planPrices({ move: options.moveSubscribers ?? false }),
    planCoupons,
    planPortal,
    planWebhook,
  ]) {
    const found = await ifAllowed(lacking, plan);
    changes.push(...(found?.changes ?? []));
    notes.push(...(found?.notes ?? []));
    warnings.push(...(found?.warnings ?? []));
  }
  const stripe = `Stripe (${livemode() ? "live" : "test"} mode)`;
  if (changes.length > 0) say(`${stripe} differs from this code:`);
  else if (lacking.size === 0) say(`${stripe} is in line with this code.`);
  for (const { line } of changes) say(`  ${line}`);
  for (const note of notes) say(note);
  for (const warning of warnings) say(`! ${warning}`);
  if (changes.length > 0) {
    if (options.dryRun) say("Nothing was changed: this was a dry run.");
    else await apply(changes, lacking, say);
  }
  if (lacking.size > 0) {
    say("! The key may not do everything. In Stripe's Dashboard, under API");
    say(`  keys, allow it: ${[...lacking].join(", ")}. Then run this again.`);
  }
  return lacking.size === 0 && warnings.length === 0;
}

/** One after the other, in the order of planning: a price needs its product. */
async function apply(
  changes: readonly Change[],
  lacking: Lacking,
  say: Say,
): Promise<void> {
  let done = 0;
  for (const { line, apply: act } of changes) {
    const applied = await ifAllowed(lacking, async () => ({
      notes: await act(),
    }));
    if (!applied) {
      say(`! not done: ${line.slice(2)}`);
      continue;
    }
    done += 1;
    for (const note of applied.notes ?? []) say(note);
  }
  say(`Done: ${done} of ${changes.length}.`);
}
