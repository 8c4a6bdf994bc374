// `npm run bench`: what the webhook endpoint costs beside an empty route of the same build, and how fast a backlog
// goes. Never part of a test: the machine decides. Fails below the floors.
//   --rounds 5          medians of so many
//   --events 2000       posted in each measurement
//   --profile <folder>  writes the server's CPU profile there
import { parseArgs } from "node:util";
import { measureClaim } from "./claim-plan";
import { makeExample } from "./example-event";
import { createBench, makeWorkspaces, type Round } from "./measure";
import type { Load } from "./post-many";
import { startStandIn } from "./stripe-stand-in";
import { startWebhookApp } from "./webhook-app";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    events: { type: "string", default: "2000" },
    profile: { type: "string" },
  },
});
const count = Number(values.events);

const example = await makeExample();
const standIn = await startStandIn(example.subscription);
const app = await startWebhookApp(standIn.origin, values.profile);
const rounds: Round[] = [];
let failed = false;
try {
  await makeWorkspaces(app, count + 10);
  const idle = app.memory();
  const round = createBench(app, standIn, example);
  await round(Math.min(count, 500)); // warm
  while (rounds.length < Number(values.rounds)) rounds.push(await round(count));
  report(idle);
  judge("claim, buffers read", "at most", 10, await measureClaim(app));
} finally {
  for (const line of app.lines) console.log(line);
  await app.close();
  standIn.close();
}
process.exitCode = failed ? 1 : 0;

function report(idle: number): void {
  print("", "a second", "of empty", "p50 ms", "p99 ms", "p99/empty");
  printLoad("empty route", (one) => one.empty);
  printLoad("acknowledge only", (one) => one.acknowledged);
  printLoad("acknowledge and apply", (one) => one.applied);
  const least = "at least";
  judge("acknowledge only, of empty", least, 0.4, share("perSecond"));
  judge("its p99, of the empty p99", "at most", 1.5, share("p99"));
  const drained = median((one) => one.drained);
  judge("drained, distinct objects a second", least, 120, drained);
  const burst = median((one) => one.burst);
  judge("drained, events a second, ten an object", least, 500, burst);
  const last = rounds.at(-1)?.memory ?? 0;
  console.log(`memory: ${idle} MB at first, ${last} MB in the last round`);
}

function printLoad(name: string, of: (round: Round) => Load): void {
  const to = (digits: number, pick: (round: Round) => number) =>
    median(pick).toFixed(digits);
  print(
    name,
    to(0, (one) => of(one).perSecond),
    to(2, (one) => of(one).perSecond / one.empty.perSecond),
    to(1, (one) => of(one).p50),
    to(1, (one) => of(one).p99),
    to(2, (one) => of(one).p99 / one.empty.p99),
  );
}

/** Of what is acknowledged only, beside the empty route of the same round. */
function share(what: "perSecond" | "p99"): number {
  return median(({ acknowledged, empty }) => acknowledged[what] / empty[what]);
}

function median(of: (round: Round) => number): number {
  const sorted = rounds.map(of).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function judge(
  what: string,
  kind: "at least" | "at most",
  bound: number,
  is: number,
): void {
  const good = kind === "at least" ? is >= bound : is <= bound;
  failed ||= !good;
  const number = is.toFixed(is < 10 ? 2 : 0);
  console.log(`${good ? "✓" : "✗"} ${what}: ${number} (${kind} ${bound})`);
}

function print(name: string, ...cells: string[]): void {
  console.log(
    name.padEnd(24) + cells.map((cell) => cell.padStart(11)).join(""),
  );
}
