import { describe, expect, it } from "vitest";
import { backoff } from "@/lib/platform/backoff";

describe("the wait after a failure", () => {
  it("grows, and ends after about a day", () => {
    const waits = Array.from({ length: 20 }, (_, i) => backoff(i + 1, () => 0));
    const given = waits.filter((wait) => wait !== null);
    expect(given).toEqual(given.toSorted((a, b) => a - b));
    expect(waits.slice(given.length).every((wait) => wait === null)).toBe(true);
    const total = given.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
    expect(total).toBeGreaterThan(20);
    expect(total).toBeLessThan(30);
  });

  it("is stretched by chance, by a fifth at most", () => {
    expect(backoff(1, () => 0.999)).toBeLessThanOrEqual(6000);
    expect(backoff(1, () => 0)).toBe(5000);
  });
});
