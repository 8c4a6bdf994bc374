import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { linkTree } from "../support/build-alone.mjs";

/** What git has, without what .dockerignore keeps out of a deployment, and as `npm ci` leaves it. */
export function freshClone(folder: string): string {
  const clone = join(folder, "clone");
  execFileSync("git", ["clone", "--quiet", ".", clone]);
  const left = readFileSync(".dockerignore", "utf8").split("\n");
  for (const name of left.filter((one) => one && !one.includes("*")))
    rmSync(join(clone, name), { recursive: true, force: true });
  for (const gone of ["dev", "tests"])
    if (existsSync(join(clone, gone))) throw new Error(`${gone} is deployed`);
  linkTree("node_modules", join(clone, "node_modules"));
  return clone;
}
