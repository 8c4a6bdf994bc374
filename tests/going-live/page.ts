import { readFileSync, readdirSync } from "node:fs";
import { parseEnv } from "node:util";
import { lexer } from "marked";

const goingLive = "docs/going-live.md";

const blocks = (file: string, lang: string) =>
  lexer(readFileSync(file, "utf8")).flatMap((token) =>
    token.type === "code" && token["lang"] === lang
      ? [String(token["text"])]
      : [],
  );

/** The settings that docs/going-live.md sets, as they stand there. */
export const pageSettings = (): NodeJS.Dict<string> =>
  parseEnv(blocks(goingLive, "env").join("\n"));

/** The commands that a page gives, without what is set in front of them or said behind. */
function commandsOf(file: string): string[] {
  return blocks(file, "sh")
    .flatMap((block) => block.split("\n"))
    .map((line) =>
      line.replace(/^([A-Z_]+="[^"]*" )*/, "").replace(/ +#.*/, ""),
    );
}

/** Run elsewhere: by whoever tests, by fresh-clone.ts, by the stack of the browser tests, and this very script. */
const elsewhere = [
  "npm test",
  "npm ci",
  "npm run dev",
  "npm run test:going-live",
];

/** Every command of the documentation that is left for this script to run. */
export const documented = (): string[] => {
  const files = readdirSync("docs").filter((name) => name.endsWith(".md"));
  const found = files.flatMap((name) => commandsOf(`docs/${name}`));
  return [...new Set(found)].filter((one) => !elsewhere.includes(one));
};
