import { describe, expect, it } from "vitest";
import { joined } from "@/lib/platform/joined";

/** Runs end when they are told to. */
function heldRuns() {
  const runs: { items: readonly number[]; end(error?: Error): void }[] = [];
  const run = (items: readonly number[]) =>
    new Promise<number[]>((resolve, reject) => {
      const doubled = items.map((item) => item * 2);
      runs.push({
        items,
        end: (error) => (error ? reject(error) : resolve(doubled)),
      });
    });
  return { runs, run, asked: () => runs.map(({ items }) => items) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("calls that come while one is under way", () => {
  it("go on together, and each gets its own result", async () => {
    const { runs, run, asked } = heldRuns();
    const double = joined(run, { atOnce: 1, most: 10 });
    const results = Promise.all([1, 2, 3].map(double));
    expect(asked()).toEqual([[1]]);
    runs[0]?.end();
    await settled();
    expect(asked()).toEqual([[1], [2, 3]]);
    runs[1]?.end();
    expect(await results).toEqual([2, 4, 6]);
  });

  it("are never more than the bound, in as many runs at once as are allowed", async () => {
    const { runs, run, asked } = heldRuns();
    const double = joined(run, { atOnce: 2, most: 2 });
    const results = Promise.all([1, 2, 3, 4, 5].map(double));
    expect(asked()).toEqual([[1], [2]]);
    runs[1]?.end();
    await settled();
    expect(asked()).toEqual([[1], [2], [3, 4]]);
    runs[0]?.end();
    await settled();
    for (const { end } of runs) end();
    expect(await results).toEqual([2, 4, 6, 8, 10]);
  });

  it("are tried one by one where they failed together, so that one harms no other", async () => {
    const tried: (readonly number[])[] = [];
    const double = joined(
      async (items: readonly number[]) => {
        tried.push(items);
        await settled();
        if (items.includes(3)) throw new Error("not three");
        return items.map((item) => item * 2);
      },
      { atOnce: 1, most: 10 },
    );
    const results = await Promise.allSettled([1, 2, 3, 4].map(double));
    expect(tried).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(await double(5)).toBe(10);
  });
});
