import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const text = readFileSync("docs/security.md", "utf8");

/** The rows of the table that stands under this heading, without its head. */
function rowsUnder(heading: string): string[][] {
  const [, part = ""] = text.split(`\n## ${heading}`);
  const [section = ""] = part.split("\n## ");
  return section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const asvs = rowsUnder("ASVS 5");
const pci = rowsUnder("PCI DSS");

describe("each requirement of ASVS", () => {
  it.each(asvs)(
    "%s (%s) says how far it is met, by a file and a test that are there",
    (_number, _asked, state, file = "", test = "", title = "") => {
      expect(state).toMatch(/^(met|partly: .+|not met: .+)/);
      if (/^not met|no test shows it/.test(state ?? "")) return;
      expect(existsSync(file)).toBe(true);
      expect(title).not.toBe("");
      expect(readFileSync(test, "utf8")).toContain(title);
    },
  );

  it("is one of a list that is complete", () => {
    expect(asvs.length).toBeGreaterThanOrEqual(35);
    expect(new Set(asvs.map(([number]) => number)).size).toBe(asvs.length);
  });
});

describe("each line of the PCI checklist", () => {
  it.each(pci)(
    "%s: %s: says who meets it, and how",
    (_area, _line, who, how = "") => {
      expect(who).toMatch(
        /^(we|you|host|Stripe|does not apply)( and (we|you|Stripe))?$/,
      );
      expect(how).not.toBe("");
    },
  );

  it("is one of 42", () => expect(pci).toHaveLength(42));
});

it("every file that is named there exists", () => {
  const named = [
    ...text.matchAll(/\b((?:lib|app|docs|prisma|tests)\/[\w./-]+\.\w+)/g),
    ...text.matchAll(/\]\((?!http)(?:\.\.\/)?([\w./-]+)\)/g),
  ].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(60);
  const gone = named.filter(
    (path) => !existsSync(path) && !existsSync(`docs/${path}`),
  );
  expect([...new Set(gone)]).toEqual([]);
});

it("every secret of the settings has its steps for being changed", () => {
  const settings = readFileSync(".env.example", "utf8");
  const secrets = [
    ...settings.matchAll(
      /^#? ?(\w*(?:SECRET|KEY|PASSWORD|(?:DATABASE|DIRECT|SMTP|WEBHOOK)_URL)\w*)=/gm,
    ),
  ].map(([, name]) => name);
  expect(secrets.length).toBeGreaterThan(4);
  const steps = text.split("## When a secret is out")[1] ?? "";
  for (const name of new Set(secrets)) expect(steps).toContain(name);
});
