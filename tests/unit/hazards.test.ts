import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const rows = readFileSync("docs/hazards.md", "utf8")
  .split("\n")
  .map((line) => /^\| *(\d+) *\|[^|]+\| *(.+?) *\|$/.exec(line))
  .flatMap((row) => (row ? { number: row[1] ?? "", shown: row[2] ?? "" } : []));

describe("every hazard", () => {
  it.each(rows.filter(({ shown }) => shown.startsWith("tests/")))(
    "$number is shown by a test that begins with its number",
    ({ number, shown }) => {
      const title = new RegExp(`["'\`](\\d+, )*${number}(, \\d+)*: `);
      for (const file of shown.split(", "))
        expect(readFileSync(file, "utf8"), file).toMatch(title);
    },
  );

  it("stands in the list once", () => {
    const numbers = rows.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)]);
    expect(numbers.length).toBeGreaterThan(15);
  });
});
