import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, posix } from "node:path";
import { lexer, walkTokens, type Tokens } from "marked";
import { afterAll, describe, expect, it } from "vitest";
import { anchorOf } from "@/app/docs/_components/anchor";
import { contents } from "@/app/docs/_components/contents";
import { listDocs } from "@/app/docs/_components/read-doc";
import { checks } from "@/lib/doctor/checks";
import { parseEnv } from "@/lib/platform/env";
import { listErrors } from "@/lib/platform/errors";
import { testCard } from "@/dev/stripe/cards";

type Found = { headings: string[]; links: string[]; code: Tokens.Code[] };

/** What stands in one page, however deep. */
function read(file: string): Found {
  const found: Found = { headings: [], links: [], code: [] };
  void walkTokens(lexer(readFileSync(file, "utf8")), (token) => {
    if (token.type === "heading") found.headings.push(String(token.text));
    if (token.type === "link") found.links.push(String(token.href));
    if (token.type === "code") found.code.push(token as Tokens.Code);
  });
  return found;
}

const files = [
  ...listDocs().map((page) => `docs/${page}.md`),
  "README.md",
  "CONTRIBUTING.md",
];
const pages = new Map(files.map((file) => [file, read(file)]));
const blocks = [...pages].flatMap(([file, { code }]) =>
  code.map((block) => ({ file, lang: block.lang ?? "", text: block.text })),
);
const inLanguage = (...languages: string[]) =>
  blocks.filter(({ lang }) => languages.includes(lang));
const names = readFileSync(".env.example", "utf8").matchAll(/^([A-Z_]+)=/gm);
const settings = new Set([...names].map(([, name = ""]) => name));

describe("every page", () => {
  it.each(files)("%s leads only to what there is", (file) => {
    for (const href of pages.get(file)?.links ?? []) {
      if (/^(https?|mailto):/.test(href)) continue;
      expect([href, leadsSomewhere(file, href)]).toEqual([href, true]);
    }
  });

  it("in the contents is there", () => {
    for (const page of contents.flatMap(({ pages: some }): string[] => [
      ...some,
    ]))
      expect([
        page,
        existsSync(`docs/${page}.md`) ||
          existsSync(`app/docs/${page}/page.tsx`),
      ]).toEqual([page, true]);
  });
});

function leadsSomewhere(from: string, href: string): boolean {
  if (href.startsWith("/"))
    return existsSync(`app${href.split("#")[0]}/page.tsx`);
  const [path = "", anchor] = href.split("#");
  const file = path ? posix.join(posix.dirname(from), path) : from;
  if (!existsSync(decodeURI(file))) return false;
  const headings = pages.get(file)?.headings.map(anchorOf);
  return !anchor || !headings || headings.includes(anchor);
}

describe("every block of code", () => {
  it("is of a kind that is tried here; text is what is not", () => {
    const kinds = new Set(blocks.map(({ lang }) => lang));
    for (const kind of kinds)
      expect(["env", "json", "sh", "text", "ts"]).toContain(kind);
  });

  const scripts = (
    JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Record<string, string>;
    }
  ).scripts;

  it.each(inLanguage("sh"))("$file: $text", ({ text }) => {
    for (const line of text.split("\n").filter((one) => !one.startsWith("#"))) {
      const command = line
        .replace(/^([A-Z_]+="[^"]*" )*/, "")
        .replace(/ +#.*/, "");
      const [, script, options] =
        /^npm (?:run )?(\S+)(?: -- (.+))?$/.exec(command) ?? [];
      expect(command).toMatch(/^npm /);
      if (script === "ci") continue;
      const run = scripts[script ?? ""];
      expect(run, command).toBeDefined();
      const file = /\S+\.(ts|mjs)/.exec(run ?? "")?.[0];
      for (const option of options?.split(" ") ?? [])
        expect(readFileSync(file ?? "", "utf8")).toContain(
          option.replace(/^--/, ""),
        );
    }
  });

  it.each(inLanguage("env"))("$file: $text is accepted", ({ text }) => {
    const set = Object.fromEntries(
      text.split("\n").map((line) => line.split(/=(.*)/).slice(0, 2)),
    ) as Record<string, string>;
    for (const name of Object.keys(set)) expect(settings).toContain(name);
    expect(() => parseEnv(set)).not.toThrow();
  });

  const folder = "tests/output/docs";
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("in TypeScript is type-checked", () => {
    mkdirSync(folder, { recursive: true });
    const typed = inLanguage("ts");
    expect(typed.length).toBeGreaterThan(5);
    for (const [index, { file, text }] of typed.entries()) {
      const name = `${file.replaceAll("/", "-")}.${index}.ts`;
      writeFileSync(join(folder, name), `// ${file}\n${text}\nexport {};\n`);
    }
    writeFileSync(join(folder, "wrong.ts"), 'export const price: number = "";');
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: "../../../tsconfig.json",
        include: ["*.ts", "../../../next-env.d.ts"],
        exclude: [], // ours leaves tests/ out, where this stands
      }),
    );
    const tsc = "node_modules/typescript/bin/tsc";
    const argv = [tsc, "--noEmit", "-p", folder];
    const { stdout } = spawnSync(process.execPath, argv, { encoding: "utf8" });
    const [known = "", ...found] = stdout.trimEnd().split("\n");
    expect(known).toContain("wrong.ts"); // it does look
    expect(found).toEqual([]);
  });
});

describe("what a page says", () => {
  const rows = (file: string) =>
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| ") && !/^\| *-/.test(line))
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );

  it("each line of the production checklist is ticked by a check, a test or a procedure", () => {
    const known = [...checks.map(({ name }) => name), "Stripe reaches us"];
    const ticked = rows("docs/production-checklist.md").filter(
      ([line]) => line !== "",
    );
    expect(ticked.length).toBeGreaterThan(30);
    for (const [line, by = ""] of ticked) {
      const doctor = /^doctor: (.+)$/.exec(by)?.[1];
      const test = /^\[(tests\/\S+\.test\.ts)\]/.exec(by)?.[1];
      if (doctor)
        for (const name of doctor.split(", ")) expect(known).toContain(name);
      else if (test) expect([line, existsSync(test)]).toEqual([line, true]);
      else expect(by).toMatch(/^procedure: ./);
    }
  });

  it("every alarm that can be raised has what to do", () => {
    const source = readFileSync("lib/platform/alarm.ts", "utf8");
    const [, union = ""] = /type AlarmCode =([^;]+);/.exec(source) ?? [];
    const codes = [...union.matchAll(/"(\w+)"/g)].map(([, code]) => code);
    const told = rows("docs/alarms.md").flatMap(([code = ""]) =>
      [...code.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    expect(codes.length).toBeGreaterThan(5);
    expect(told).toEqual(expect.arrayContaining(codes));
  });

  it("each test card does what it says", () => {
    const cards = rows("docs/test-cards.md").filter(
      ([, says]) => says !== "what it does",
    );
    for (const [number = "", says = ""] of cards) {
      const card = testCard(number.replace(/\D/g, ""));
      const failure = card?.onCharge;
      const code = /^`(\w+)`$/.exec(says)?.[1];
      expect([number, card !== undefined]).toEqual([number, true]);
      if (code) expect([failure?.code, failure?.decline_code]).toContain(code);
      if (says.startsWith("pays")) expect(failure).toBeUndefined();
    }
  });

  it("each error has one line of its own, where the type of a problem leads", () => {
    const anchors = listErrors().map(({ anchor }) => anchor);
    expect(new Set(anchors).size).toBe(anchors.length);
    expect(existsSync("app/docs/errors/page.tsx")).toBe(true);
  });
});
