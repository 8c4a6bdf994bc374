import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (file: string) => readFileSync(file, "utf8");

test("CI runs npm test, and that on the versions of Node that are supported", () => {
  const workflow = read(".github/workflows/test.yml");
  const commands = [...workflow.matchAll(/- run: (.+)/g)].map(([, one]) => one);
  expect(commands.at(-1)).toBe("npm test");
  const [, least = ""] = /"node": ">=(\d+)/.exec(read("package.json")) ?? [];
  const [, tried = ""] = /node: \[(.+)\]/.exec(workflow) ?? [];
  for (const version of tried.split(", "))
    expect(Number(version)).toBeGreaterThanOrEqual(Number(least));
  expect(workflow).toContain("contents: read");
  expect(workflow).not.toContain("secrets.");
});

test("every production dependency says why it is here, and none that is gone does", () => {
  const { dependencies, devDependencies } = JSON.parse(
    read("package.json"),
  ) as Record<string, Record<string, string>>;
  const told = [...read("docs/dependencies.md").matchAll(/^\| `([^`]+)`/gm)];
  expect(new Set(told.map(([, name]) => name))).toEqual(
    new Set(Object.keys({ ...dependencies, ...devDependencies })),
  );
});

test("who wants to contribute finds how", () => {
  for (const file of [
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    ".github/dependabot.yml",
    ".github/ISSUE_TEMPLATE/bug.yml",
    ".github/ISSUE_TEMPLATE/wish.yml",
  ])
    expect([file, existsSync(file)]).toEqual([file, true]);
  expect(read("CHANGELOG.md")).toContain("## Unreleased");
});
