// `npm run sim`: the model, then the same schedules on a real Postgres.
//   --deliveries 10000000   how many the model makes
//   --postgres 20000        how many schedules run on Postgres as well
//   --seed 17               tells one schedule step by step
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { playSchedule } from "./schedule";

const { values } = parseArgs({
  options: {
    deliveries: { type: "string", default: "10000000" },
    postgres: { type: "string", default: "20000" },
    seed: { type: "string" },
  },
});

if (values.seed) tell(Number(values.seed));
else {
  playMany(Number(values.deliveries));
  await replayMany(Number(values.postgres));
}

function tell(seed: number): void {
  const outcome = playSchedule(seed, (step) =>
    console.log(JSON.stringify(step)),
  );
  console.log(outcome);
}

/** Until so many deliveries were made; the first schedule that breaks a rule ends it with its number. */
function playMany(deliveries: number): void {
  const started = performance.now();
  const total = { schedules: 0, deliveries: 0, drifted: 0 };
  while (total.deliveries < deliveries) {
    const seed = (total.schedules += 1);
    const outcome = playSchedule(seed);
    total.deliveries += outcome.deliveries;
    total.drifted += outcome.drifted;
    const lost = outcome.lossless && outcome.drifted > 0;
    if (outcome.diverged === 0 && outcome.stuck === 0 && !lost) continue;
    console.log(`seed ${seed} breaks a rule: ${JSON.stringify(outcome)}`);
    console.log(`npm run sim -- --seed ${seed} tells it step by step`);
    process.exit(1);
  }
  console.log(
    `model: ${total.deliveries} deliveries in ${total.schedules} schedules, ${secondsSince(started)} s; ` +
      `${total.drifted} objects drifted where events were lost, never made or dead; ` +
      `after one sweep 0 diverge, 0 were lost, 0 are stuck`,
  );
}

/** Block after block, in several processes side by side, each block with a database of its own. */
async function replayMany(schedules: number): Promise<void> {
  const started = performance.now();
  let next = 1;
  let agreed = 0;
  const worker = async () => {
    while (next <= schedules) {
      const from = next;
      const size = Math.min(500, schedules - from + 1);
      next += size;
      if ((await replay(from, size)) !== 0) process.exit(1);
      agreed += size;
      console.log(
        `Postgres: ${agreed} of ${schedules} schedules agree with the model step by step, ${secondsSince(started)} s`,
      );
    }
  };
  const workers = Math.min(4, availableParallelism());
  await Promise.all(Array.from({ length: workers }, worker));
}

function replay(from: number, schedules: number): Promise<number> {
  const child = spawn(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--project", "simulation"],
    {
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...process.env,
        SIM_FROM: String(from),
        SIM_SCHEDULES: String(schedules),
      },
    },
  );
  return new Promise((resolve) =>
    child.on("exit", (code) => resolve(code ?? 1)),
  );
}

function secondsSince(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(1);
}
