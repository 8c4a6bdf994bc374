// `npm run chaos`: the built app in production mode, a real Postgres and the emulator, with everything broken.
//   --seed 17         draws another plan (a new one each time when absent)
//   --kills 200       how often the server is killed, all together
//   --instances 1,2   how many instances the app runs in, one world after the other
//   --app <folder>    where the built app is; this folder when absent
//   --short           a few kills in one instance
//   --keep            leaves the data and the logs behind
import { parseArgs } from "node:util";
import { findViolations } from "./checks";
import { gatherFacts } from "./facts";
import { runPhase } from "./phase";
import { plants } from "./plants";
import { print, summary } from "./report";
import { themes } from "./trouble";
import { startWorld, type World } from "./world";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    kills: { type: "string" },
    instances: { type: "string" },
    app: { type: "string", default: "." },
    short: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed ?? 1 + (Date.now() % 1_000_000));
const instances = (values.instances ?? (values.short ? "1" : "1,2"))
  .split(",")
  .map(Number);
const kills = Number(values.kills ?? (values.short ? 8 : 200));
const perPhase = values.short ? kills : 25;

const started = performance.now();
console.log(`chaos: seed ${seed}`);
const totals = summary();
for (const [at, many] of instances.entries()) {
  const world = await startWorld({
    seed: seed + at,
    instances: many,
    appDir: values.app,
  });
  const interrupted = () =>
    void world.close({ keep: false }).then(() => process.exit(130));
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  let failed = true;
  try {
    await runWorld(world, many, Math.ceil(kills / instances.length));
    failed = totals.violations > 0;
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    await world.close({ keep: values.keep || failed });
    if (values.keep || failed) console.log(`left behind: ${world.folder}`);
  }
}
print(totals, (performance.now() - started) / 1000);
process.exit(totals.violations > 0 ? 1 : 0);

async function runWorld(world: World, many: number, wanted: number) {
  for (let phase = 0, killed = 0; killed < wanted; phase += 1) {
    const theme = themes[phase % themes.length] ?? "network";
    const quota = Math.min(perPhase, wanted - killed);
    const done = await runPhase(world, { theme, kills: quota });
    killed += quota;
    const violations = findViolations(await gatherFacts(world));
    for (const violation of violations) console.log(`VIOLATION ${violation}`);
    totals.violations += violations.length;
    totals.phases += 1;
    console.log(
      `${many} instance${many > 1 ? "s" : ""}, phase ${phase + 1} (${theme}): ${quota} kills, ` +
        `${done.acts} acts, ${done.missing} events fetched later, ${done.drifted} objects mended, ` +
        `${done.seconds} s, ${violations.length} violations`,
    );
    if (violations.length > 0) break;
  }
  const facts = await gatherFacts(world);
  totals.add(world, facts);
  // A check that finds nothing must be known to find something.
  if (totals.violations > 0) return;
  for (const [bug, plant] of Object.entries(plants)) {
    const planted = plant(facts);
    // Where there was no refund, none can be taken away.
    if (JSON.stringify(planted) === JSON.stringify(facts)) continue;
    const found = findViolations(planted);
    totals.planted += 1;
    if (found.length > 0) totals.found += 1;
    else console.log(`NOT FOUND by any check: ${bug}`);
  }
}
