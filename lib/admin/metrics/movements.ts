import type { Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import type { Cell } from "./metric";
import type { Period } from "./period";

export type Movement = {
  at: Date;
  currency: string;
  kind: "new" | "reactivation" | "expansion" | "contraction" | "churn";
  /** Minor units a month; negative for what was lost. */
  amount: bigint;
  /** How many. */
  count: bigint;
};

/** What stood at the beginning of the period, in each currency: minor units a month, and how many pay. */
export type Opening = { currency: string; amount: bigint; payers: bigint };

export async function readMovements(
  tx: Transaction,
  { from, to, step }: Period,
): Promise<{ openings: Opening[]; movements: Movement[] }> {
  const openings = await tx.$queryRaw<Opening[]>`
    SELECT currency, sum(after - before)::bigint AS amount,
      sum(CASE WHEN kind IN ('new', 'reactivation') THEN 1 WHEN kind = 'churn' THEN -1 ELSE 0 END)::bigint AS payers
    FROM mrr_movement WHERE livemode = ${livemode()} AND at < ${from}
    GROUP BY 1`;
  const movements = await tx.$queryRaw<Movement[]>`
    SELECT date_trunc(${step}, at, 'UTC') AS at, currency, kind,
      sum(after - before)::bigint AS amount, count(*) AS count
    FROM mrr_movement WHERE livemode = ${livemode()} AND at >= ${from} AND at < ${to}
    GROUP BY 1, 2, 3`;
  return { openings, movements };
}

/** What stands at the beginning and at the end of each step, from what stood at first and how it moved. */
export function standing(
  keys: { begin?: string; end: string },
  openings: readonly { group: string; amount: bigint }[],
  moves: readonly Pick<Cell, "at" | "group" | "amount">[],
  { starts }: Pick<Period, "starts">,
): Cell[] {
  const groups = new Set([...openings, ...moves].map(({ group }) => group));
  return [...groups].flatMap((group) => {
    const own = moves.filter((move) => move.group === group);
    let amount = openings.find((one) => one.group === group)?.amount ?? 0n;
    return starts.flatMap((at) => {
      const begin = keys.begin && { at, group, key: keys.begin, amount };
      for (const move of own)
        if (move.at.getTime() === at.getTime()) amount += move.amount;
      const end = { at, group, key: keys.end, amount };
      return begin ? [begin, end] : [end];
    });
  });
}
