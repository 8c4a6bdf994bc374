import type { Cell } from "./metric";
import type { Period } from "./period";

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
