import { raiseAlarm } from "@/lib/platform/alarm";
import { findLeaks } from "./money-conservation";

/** As many at once as a person reads; the others are told once these are mended. */
const most = 20;

/** Calls for a person wherever money does not add up, and says in how many places. Changes nothing. */
export async function watchMoney(): Promise<number> {
  const leaks = await findLeaks();
  const subjects = new Set(leaks.map(({ objectId }) => objectId));
  for (const subject of [...subjects].slice(0, most))
    await raiseAlarm("money_leak", subject);
  return leaks.length;
}
