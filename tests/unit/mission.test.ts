import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const lines = readFileSync("docs/mission.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("|") && !/^\| *(promised|-)/.test(line))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe("every promise", () => {
  it.each(lines)("%s: has its file and its test", (_, file, test) => {
    expect(existsSync(file ?? "")).toBe(true);
    expect(test).toMatch(/^tests\/.+\.(test|spec)\.ts$/);
    expect(existsSync(test ?? "")).toBe(true);
  });

  it("is read at all", () => {
    expect(lines.length).toBeGreaterThan(20);
  });
});
