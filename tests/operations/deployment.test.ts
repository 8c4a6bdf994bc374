import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";

const read = (file: string) => readFileSync(file, "utf8");
const settings = () =>
  [...read(".env.example").matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);

const vercel = () =>
  z
    .object({
      buildCommand: z.string().startsWith("npm run "),
      crons: z.array(z.object({ path: z.string(), schedule: z.string() })),
      functions: z.record(z.string(), z.object({ maxDuration: z.number() })),
    })
    .parse(JSON.parse(read("vercel.json")));

const scripts = () =>
  z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read("package.json"))).scripts;

test("Vercel calls the crons that there are, and no oftener than its free plan allows", () => {
  const { crons } = vercel();
  expect(crons.map(({ path }) => path)).toEqual([
    "/api/cron/drain",
    "/api/cron/heal",
  ]);
  for (const { path, schedule } of crons) {
    expect(read(`app${path}/route.ts`)).toContain("as GET");
    expect(schedule).toMatch(/^\d+ \d+ \* \* \*$/);
  }
});

test("Vercel’s limits are for routes that there are, and longer than what those take", () => {
  for (const file of Object.keys(vercel().functions))
    expect(existsSync(file.replace("/**/", "/heal/"))).toBe(true);
});

test("its build migrates, by a script that there is", () => {
  const name = vercel().buildCommand.replace("npm run ", "");
  expect(scripts()[name]).toContain("prisma/migrate.mjs --deploy");
});

test("the deploy button asks for settings that there are, and for none less than the pages need", () => {
  const [, query = ""] =
    /\(https:\/\/vercel\.com\/new\/clone\?([^)]+)\)/.exec(read("README.md")) ??
    [];
  const asked = new URLSearchParams(query).get("env")?.split(",") ?? [];
  expect(asked).toContain("DATABASE_URL");
  expect(asked).toContain("BETTER_AUTH_SECRET");
  for (const name of asked) expect(settings()).toContain(name);
});

test("the Dockerfile copies what there is, and compose starts what it builds", () => {
  const dockerfile = read("Dockerfile");
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)]
    .flatMap(([, sources = ""]) => sources.split(" "))
    .filter((source) => source !== ".");
  expect(copied).toContain("package-lock.json");
  for (const source of copied) expect(existsSync(source)).toBe(true);

  const stages = [...dockerfile.matchAll(/ AS (\w+)$/gm)].map(([, one]) => one);
  const targets = [...read("compose.yaml").matchAll(/target: (\w+)/g)];
  expect(targets.length).toBe(3);
  for (const [, target] of targets) expect(stages).toContain(target);
  for (const [, name] of dockerfile.matchAll(/"run", "(\S+)"/g))
    expect(Object.keys(scripts())).toContain(name);
});
