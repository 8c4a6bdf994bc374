import type { Cell, Figure, Metric } from "./metric";
import type { Period } from "./period";

/** Amounts and counts are whole, rates are parts of one; null where there is nothing to divide by. */
export type Value = bigint | number | null;
type Values = Readonly<Record<string, Value>>;

export type Series = {
  group: string;
  steps: readonly { at: Date; values: Values }[];
  total: Values;
};

type Measurable = Pick<Metric, "by" | "figures">;
type Amounts = Record<string, bigint>;

/** Every step of every group with every figure; the groups in order of their names, reasons by how often. */
export function measure(
  { by, figures }: Measurable,
  cells: readonly Cell[],
  { starts }: Pick<Period, "starts">,
): Series[] {
  const groups = by ? new Set(cells.map(({ group }) => group)) : [""];
  const series = [...groups].toSorted().map((group) => {
    const own = cells.filter((cell) => cell.group === group);
    const read = starts.map((at) => amountsAt(own, at, figures));
    const steps = starts.map((at, index) => ({
      at,
      values: complete(read[index] ?? {}, figures),
    }));
    return { group, steps, total: complete(totals(read, figures), figures) };
  });
  return by === "reason" ? series.toSorted(mostFirst(figures)) : series;
}

function amountsAt(
  cells: readonly Cell[],
  at: Date,
  figures: readonly Figure[],
): Amounts {
  const amounts: Amounts = {};
  for (const figure of figures) if ("total" in figure) amounts[figure.key] = 0n;
  for (const { key, amount, at: when } of cells)
    if (when.getTime() === at.getTime())
      amounts[key] = (amounts[key] ?? 0n) + amount;
  return amounts;
}

function totals(
  steps: readonly Amounts[],
  figures: readonly Figure[],
): Amounts {
  const all: Amounts = {};
  for (const figure of figures) {
    if (!("total" in figure)) continue;
    const each = steps.map((amounts) => amounts[figure.key] ?? 0n);
    const sum = each.reduce((one, other) => one + other, 0n);
    const ends = { first: each[0], last: each.at(-1), sum };
    all[figure.key] = ends[figure.total] ?? 0n;
  }
  return all;
}

/** With what is computed of the others, in the order of the figures. */
function complete(amounts: Amounts, figures: readonly Figure[]): Values {
  const whole: Amounts = { ...amounts };
  const values: Record<string, Value> = {};
  for (const figure of figures) {
    const { key } = figure;
    if ("plus" in figure)
      whole[key] = figure.plus.reduce((sum, part) => sum + of(whole, part), 0n);
    values[key] =
      "ratio" in figure
        ? divided(
            of(whole, figure.ratio[0]),
            of(whole, figure.ratio[1]),
            figure.unit,
          )
        : of(whole, key);
  }
  return values;
}

/** A figure may be computed only of those that stand before it. */
function of(amounts: Amounts, key: string): bigint {
  const amount = amounts[key];
  if (amount === undefined) throw new Error(`no figure ${key} so far`);
  return amount;
}

/** Money is rounded half up to its minor unit. What is lost is written as negative, and its rate is not. */
function divided(over: bigint, under: bigint, unit: Figure["unit"]): Value {
  if (under === 0n) return null;
  if (unit === "money") return (2n * over + under) / (2n * under);
  return Math.abs(Number(over) / Number(under));
}

function mostFirst([figure]: readonly Figure[]) {
  const of = ({ total }: Series) => Number(total[figure?.key ?? ""] ?? 0);
  return (one: Series, other: Series) => of(other) - of(one);
}
