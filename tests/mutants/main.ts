// `npm run test:mutants`: plants each bug in a copy and expects the fast suite to notice.
//   --only <text>   those whose name contains it
//   --from <text>   goes on with the first of that name, after a run that was cut off
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fits, mutants, type Mutant } from "./mutants";

const { values } = parseArgs({
  options: { only: { type: "string" }, from: { type: "string" } },
});
const first = mutants.findIndex(({ name }) => name.includes(values.from ?? ""));
const chosen = mutants
  .slice(first)
  .filter(({ name }) => name.includes(values.only ?? ""));
const astray = chosen.filter((mutant) => !fits(mutant)).map(({ name }) => name);
if (astray.length > 0)
  throw new Error(`These fit the code no more: ${astray.join("; ")}`);
const copy = mkdtempSync(join(tmpdir(), "turnpike-mutants-"));
const parts = [
  "app",
  "dev",
  "docs",
  "lib",
  "prisma",
  "tests",
  "package.json",
  "tsconfig.json",
  "vitest.config.ts",
];
for (const part of parts) cpSync(part, join(copy, part), { recursive: true });
symlinkSync(join(process.cwd(), "node_modules"), join(copy, "node_modules"));

const allTests = [...new Set(chosen.flatMap(({ tests }) => tests))];
if (fails(allTests, "inherit"))
  throw new Error("These tests fail without any bug: what would they show?");

const survivors: string[] = [];
for (const mutant of chosen) {
  const started = performance.now();
  const caught = isCaught(mutant);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${caught ? "caught  " : "SURVIVED"} ${seconds.padStart(6)} s  ${mutant.name}`,
  );
  if (!caught) survivors.push(mutant.name);
}
rmSync(copy, { recursive: true, force: true });
console.log(`${chosen.length - survivors.length} of ${chosen.length} caught`);
process.exit(survivors.length === 0 ? 0 : 1);

function isCaught({ file, find, replace, tests }: Mutant): boolean {
  const path = join(copy, file);
  const sound = readFileSync(path, "utf8");
  writeFileSync(
    path,
    sound.replace(find, () => replace),
  );
  const caught = fails(tests);
  writeFileSync(path, sound);
  return caught;
}

/** With patience: on a busy machine slowness must not pass for a bug that was noticed. */
function fails(
  tests: readonly string[],
  stdio: "ignore" | "inherit" = "ignore",
): boolean {
  const patience = [
    "--retry=1",
    "--testTimeout=120000",
    "--hookTimeout=120000",
  ];
  const { status } = spawnSync(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--bail",
      "1",
      ...patience,
      ...tests,
    ],
    { cwd: copy, stdio },
  );
  return status !== 0;
}
