import { listJobs, listVisits, type Visit } from "./pages";
import { badScans, bigTables } from "./plans";
import type { Size } from "./fill";
import { startTwins, type Twin } from "./twins";
import { costOf, visit, type Cost } from "./visit";

/** A quarter more than on the empty database, or so many milliseconds: what a machine's own unrest amounts to. */
const bound = 1.25;
const unrest = { ms: 3, dbMs: 1 };

/** Visits in one round, of which the mean is one measurement. */
const each = 3;

type Pair = { empty: Cost; full: Cost };

/**
 * Opens every page on both databases in turns, and says which costs more on the full one than is promised, by the
 * medians; then has Postgres explain each of its statements there.
 */
export async function measureCost(options: {
  appDir: string;
  size: Size;
  rounds: number;
  say: (line: string) => void;
}): Promise<string[]> {
  const { rounds, say } = options;
  const twins = await startTwins(options);
  const { admin, empty, full, seeded, env } = twins;
  try {
    const { db } = full;
    const big = await bigTables(db);
    const { rows } = await db.query<{ payload: string }>(
      "SELECT convert_from(payload, 'UTF8') AS payload FROM stripe_event WHERE id = $1",
      [seeded.eventId],
    );
    const visits = [
      ...listVisits(seeded),
      ...listJobs({
        cronSecret: env["CRON_SECRET"] ?? "",
        webhookSecret: env["STRIPE_WEBHOOK_SECRET"] ?? "",
        payload: rows[0]?.payload ?? "",
      }),
    ];
    const measure = async (what: Visit, many: number): Promise<Pair> => {
      const pairs: Pair[] = [];
      for (const twin of [empty, full]) await warm(twin, what);
      while (pairs.length < many)
        pairs.push({
          empty: await costOf(admin, empty, what, each),
          full: await costOf(admin, full, what, each),
        });
      return {
        empty: medians(pairs.map((pair) => pair.empty)),
        full: medians(pairs.map((pair) => pair.full)),
      };
    };

    const heal = visits.find(({ path }) => path === "/api/cron/heal");
    if (!heal) throw new Error("no cron that heals");
    for (const twin of [empty, full]) await keepAllSums(twin, heal);

    const wrong: string[] = [];
    print(say, "", "ms", "ms full", "db ms", "db full", "buffers", "full");
    for (const what of visits) {
      let pair = await measure(what, rounds);
      // The machine may have been busy with something else: three times as many decide.
      if (beyond(pair, what).length > 0) pair = await measure(what, rounds * 3);
      const found = beyond(pair, what);
      const { empty: a, full: b } = pair;
      print(
        say,
        `${found.length > 0 ? "✗" : "✓"} ${what.name}`,
        ...[a.ms, b.ms, a.dbMs, b.dbMs].map((ms) => ms.toFixed(1)),
        ...[a.buffers, b.buffers].map((count) => count.toFixed(0)),
      );
      wrong.push(...found.map((line) => `${what.name}: ${line}`));
      if (what.most) continue;
      const scans = await badScans(
        { admin, log: twins.log, name: full.name, big },
        () => visit(full, what),
      );
      for (const scan of scans) say(`    ${scan}`);
      wrong.push(...scans.map((scan) => `${what.name}: ${scan}`));
    }
    return wrong;
  } finally {
    await twins.close();
  }
}

/** What a deployment has done long ago: what is over is added up, in as many runs as it takes. */
async function keepAllSums(twin: Twin, heal: Visit) {
  for (let runs = 0; runs < 40; runs += 1) {
    await visit(twin, heal);
    const { rows } = await twin.db.query<{ done: boolean }>(
      `SELECT split_part(position, ' ', 2)::timestamptz > now() - interval '2 hours' AS done
       FROM job_cursor WHERE name = 'metric_sums.test' AND position <> ''`,
    );
    if (rows[0]?.done) return;
  }
  throw new Error("what is over is not added up");
}

async function warm(twin: Twin, what: Visit) {
  for (let at = 0; at < 3; at += 1) await visit(twin, what);
}

function beyond({ empty, full }: Pair, { most }: Visit): string[] {
  if (most)
    return full.dbMs > most
      ? [`${full.dbMs.toFixed(1)} ms in Postgres, ${most} at most`]
      : [];
  return (["ms", "dbMs"] as const)
    .filter(
      (kind) =>
        full[kind] > empty[kind] * bound &&
        full[kind] - empty[kind] > unrest[kind],
    )
    .map(
      (kind) =>
        `${full[kind].toFixed(1)} ms ${kind === "ms" ? "until it is there" : "in Postgres"}, ${empty[kind].toFixed(1)} on the empty database`,
    );
}

function medians(costs: readonly Cost[]): Cost {
  const of = (kind: keyof Cost) => {
    const sorted = costs.map((cost) => cost[kind]).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return { ms: of("ms"), dbMs: of("dbMs"), buffers: of("buffers") };
}

function print(
  say: (line: string) => void,
  name: string,
  ...cells: string[]
): void {
  say(name.padEnd(64) + cells.map((cell) => cell.padStart(10)).join(""));
}
