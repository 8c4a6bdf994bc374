import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lexer, type Token } from "marked";

export type Doc = { title: string; tokens: readonly Token[] };

/** Every page of docs/, as it stands in an address: "going-live", "decisions/0001-…". */
export function listDocs(): string[] {
  return readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.replaceAll("\\", "/").slice(0, -3))
    .filter((page) => page !== "emulator") // of no use where the app is deployed
    .toSorted();
}

/** One of listDocs(). Its first heading is its title and no part of its text. */
export function readDoc(page: string): Doc {
  const text = readFileSync(join("docs", `${page}.md`), "utf8");
  const tokens = lexer(text);
  const at = tokens.findIndex((token) => token.type === "heading");
  const heading = tokens[at];
  const title = heading?.type === "heading" ? String(heading.text) : page;
  return { title, tokens: tokens.toSpliced(at, 1) };
}
