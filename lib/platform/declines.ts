import { raiseAlarm } from "./alarm";
import { countTry, limitTries, requireUnspent, type Tries } from "./rate-limit";
import { hours, minutes } from "./time";

/** Who tries stolen cards is declined again and again: ten in ten minutes, for a workspace or from an address. */
function declinesOf(of: string): Tries {
  return { act: "declines", of, max: 10, within: minutes(10) };
}

/** Counts a declined card, and calls for a person at the first that is too many. */
export async function noteDecline(of: string): Promise<void> {
  const tries = declinesOf(of);
  const { count } = await countTry(tries);
  if (count === tries.max + 1) await raiseAlarm("card_testing", of);
}

/** Throws too_many_declines for a workspace, or an address, that is beyond that. */
export async function requireFewDeclines(of: string): Promise<void> {
  await requireUnspent(declinesOf(of), "too_many_declines");
}

/**
 * Whatever takes a card begins here: pages of Checkout, to buy or to save one, and payments. Throws rate_limited for
 * a workspace that begins more than a hundred in an hour, whether cards are declined on them or left untried.
 */
export async function limitBeginnings({
  tenantId: of,
}: {
  tenantId: string;
}): Promise<void> {
  await limitTries({ act: "beginnings", of, max: 100, within: hours(1) });
}
