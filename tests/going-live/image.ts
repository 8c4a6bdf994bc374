import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { linkTree } from "../support/build-alone.mjs";

export type Image = {
  folder: string;
  env: Record<string, string>;
  command: string[];
};

const lockfile = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })),
});

/**
 * What `docker build --target name` would leave in /app, by the Dockerfile's own lines; `built` is its stage of
 * that name. Throws at a line whose meaning it does not know. No Docker, and so no layer and no user of its own.
 */
export function makeImage(name: string, built: string, to: string): Image {
  const image: Image = { folder: join(to, name), env: {}, command: [] };
  mkdirSync(image.folder);
  for (const line of linesOf(name)) {
    const [instruction = "", ...rest] = line.split(" ");
    if (instruction === "COPY") copy(rest, built, image.folder);
    else if (line === "RUN npm ci --omit=dev")
      installProduction(built, image.folder);
    else if (instruction === "ENV")
      Object.assign(image.env, Object.fromEntries(rest.map(pair)));
    else if (instruction === "CMD")
      image.command = z.array(z.string()).parse(JSON.parse(rest.join(" ")));
    else if (!/^(WORKDIR|USER|EXPOSE|HEALTHCHECK)$/.test(instruction))
      throw new Error(`Dockerfile: what does this do? ${line}`);
  }
  return image;
}

function linesOf(stage: string): string[] {
  const lines = readFileSync("Dockerfile", "utf8").split("\n");
  const first = lines.findIndex((line) => line.endsWith(` AS ${stage}`));
  if (first === -1) throw new Error(`Dockerfile: no stage ${stage}`);
  const rest = lines.slice(first + 1);
  const next = rest.findIndex((line) => line.startsWith("FROM "));
  return rest
    .slice(0, next === -1 ? undefined : next)
    .filter((line) => line && !line.startsWith("#"));
}

/** Of a folder its contents, as COPY does; from /app of the stage that built, or from the context, which it is as well. */
function copy(words: readonly string[], built: string, folder: string): void {
  const paths = words.filter((word) => !word.startsWith("--"));
  const target = join(folder, paths.at(-1) ?? "");
  for (const path of paths.slice(0, -1)) {
    const source = join(built, path.replace(/^\/app\//, ""));
    const isFolder = lstatSync(source).isDirectory();
    cpSync(source, isFolder ? target : join(target, basename(source)), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
}

/** The packages that the lockfile has for more than development. */
function installProduction(built: string, folder: string): void {
  const lock = lockfile.parse(
    JSON.parse(readFileSync(join(built, "package-lock.json"), "utf8")),
  );
  const wanted = Object.entries(lock.packages)
    .filter(([path, { dev }]) => path && !dev && existsSync(join(built, path)))
    .map(([path]) => path);
  linkTree(join(built, "node_modules"), join(folder, "node_modules"));
  for (const path of Object.keys(lock.packages))
    if (path && !wanted.includes(path))
      rmSync(join(folder, path), { recursive: true, force: true });
  const bin = join(folder, "node_modules/.bin");
  for (const link of readdirSync(bin))
    if (!existsSync(join(bin, link))) rmSync(join(bin, link));
}

function pair(word: string): [string, string] {
  const [name = "", value = ""] = word.split("=");
  return [name, value];
}
