import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { lexer } from "marked";

const blocks = (lang: string) =>
  lexer(readFileSync("docs/going-live.md", "utf8")).flatMap((token) =>
    token.type === "code" && token["lang"] === lang
      ? [String(token["text"])]
      : [],
  );

/** The settings that docs/going-live.md sets, as they stand there. */
export const pageSettings = (): NodeJS.Dict<string> =>
  parseEnv(blocks("env").join("\n"));

/** The commands that it gives, but for this very script, and without what is set in front of them. */
export const pageCommands = (): string[] =>
  blocks("sh")
    .flatMap((block) => block.split("\n"))
    .map((line) => line.replace(/^([A-Z_]+="[^"]*" )*/, ""))
    .filter((line) => line !== "npm run test:going-live");
