import { raiseAlarm } from "./alarm";
import { countTry, requireUnspent, type Tries } from "./rate-limit";
import { minutes } from "./time";

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
