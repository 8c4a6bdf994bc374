import type { Series } from "@/lib/admin/metrics/measure";

export type Bar = {
  step: number;
  key: string;
  value: bigint;
  /** In hundredths of the chart's height, from its top. */
  y: number;
  height: number;
};

/** Bars one above another for what is positive, one below another for what is negative, all to one scale. */
export function pile(
  steps: Series["steps"],
  keys: readonly string[],
): { bars: Bar[]; highest: bigint; lowest: bigint } {
  let [highest, lowest] = [0n, 0n];
  const placed = steps.flatMap(({ values }, step) => {
    let [up, down] = [0n, 0n];
    const ofStep = keys.flatMap((key) => {
      const value = values[key];
      if (typeof value !== "bigint" || value === 0n) return [];
      if (value > 0n) up += value;
      const top = value > 0n ? up : down;
      if (value < 0n) down += value;
      return [{ step, key, value, top }];
    });
    if (up > highest) highest = up;
    if (down < lowest) lowest = down;
    return ofStep;
  });
  const scale = 100 / Math.max(1, Number(highest - lowest));
  const bars = placed.map(({ step, key, value, top }) => ({
    step,
    key,
    value,
    y: Number(highest - top) * scale,
    height: Math.abs(Number(value)) * scale,
  }));
  return { bars, highest, lowest };
}
