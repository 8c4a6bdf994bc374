import { leaksIn, type Leak } from "@/lib/billing/money-conservation";
import { raiseAlarm } from "@/lib/platform/alarm";
import { Prisma, systemDb, systemSql } from "@/lib/platform/db";
import { after, days, hours, minutes, toUnix } from "@/lib/platform/time";
import { runJob } from "./job";

/** As many at once as a person reads; the others are told once these are mended. */
const most = 20;

/** An event is worked on within so long, or what it changes waits for its workspace's turn. */
const underWay = minutes(10);

/** What is gone through in one statement: a day's turn of 100,000 workspaces is 24 of some 4,000. */
const slice = hours(1);

/** How far the watch has come: every workspace was looked at in the 24 hours before. Null: it never ran. */
export async function watchedUntil(): Promise<Date | null> {
  const job = await systemDb("how far money was watched", (tx) =>
    tx.jobCursor.findUnique({ where: { name: "money" } }),
  );
  return job?.position ? new Date(job.position) : null;
}

/**
 * Looks whether money adds up where it did not, where events told of something since the last run (within an hour), and
 * in each workspace at its own second of the day (money_second): all within a day, by many runs or by one. Not beyond
 * `deadline`; the next run goes on. Calls for a person for each place, says how many there are, and mends nothing.
 */
export async function watchMoney(
  deadline: Date,
  now = new Date(),
): Promise<number> {
  await runJob("money", async ({ position, advance }) => {
    const from = startOf(position, now);
    const recent = Math.max(+from, +after(now, -slice));
    await look(await toldOf(new Date(recent - underWay)));
    await look(await leaking());
    for (const turn of turnsOf(from, now)) {
      if (new Date() > deadline) return;
      await look(await dueIn(turn));
      await advance(turn.to.toISOString());
    }
    await advance(now.toISOString()); // after a gap of days, one round is all there is to look at
  });
  const leaks = await systemDb("where money does not add up", (tx) =>
    tx.moneyLeak.findMany({ orderBy: { objectId: "asc" } }),
  );
  const subjects = new Set(leaks.map(({ objectId }) => objectId));
  for (const subject of [...subjects].slice(0, most))
    await raiseAlarm("money_leak", subject);
  return leaks.length;
}

/** The last run's end; a day back for the first, and where a clock that was wrong wrote of a time to come. */
function startOf(position: string, now: Date): Date {
  const last = new Date(position);
  return last <= now ? last : after(now, -days(1));
}

type Turn = { from: Date; to: Date };

/** From one moment to a later one, a day at most; cut at each whole hour, so that none spans midnight. */
export function turnsOf(from: Date, now: Date): Turn[] {
  const end = new Date(Math.min(+now, +after(from, days(1))));
  const turns: Turn[] = [];
  for (let at = from; at < end;) {
    const hour = new Date((Math.floor(+at / slice) + 1) * slice);
    const to = hour < end ? hour : end;
    turns.push({ from: at, to });
    at = to;
  }
  return turns;
}

async function dueIn({ from, to }: Turn): Promise<string[]> {
  const first = toUnix(from) % 86_400;
  const rows = await systemSql<{ id: string }>(
    "whose money is looked at now",
    Prisma.sql`SELECT id FROM tenant WHERE money_second(id) >= ${first} AND money_second(id) < ${first + toUnix(to) - toUnix(from)}`,
  );
  return rows.map(({ id }) => id);
}

async function toldOf(since: Date): Promise<string[]> {
  const rows = await systemSql<{ id: string }>(
    "whose rows events told of",
    Prisma.sql`
      SELECT DISTINCT tenant_id AS id FROM stripe_event
      JOIN stripe_object_owner ON stripe_id = object_id
      WHERE received_at >= ${since}`,
  );
  return rows.map(({ id }) => id);
}

async function leaking(): Promise<string[]> {
  const rows = await systemDb("where money did not add up", (tx) =>
    tx.moneyLeak.findMany({ distinct: ["tenantId"] }),
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** Writes down what is found in these workspaces, instead of what was found before. */
async function look(tenantIds: readonly string[]): Promise<void> {
  if (tenantIds.length === 0) return;
  await systemDb("does money add up", async (tx) => {
    const leaks: Leak[] = await leaksIn(tx, tenantIds);
    await tx.$executeRaw`DELETE FROM money_leak WHERE tenant_id = ANY (${tenantIds})`;
    if (leaks.length > 0) await tx.moneyLeak.createMany({ data: leaks });
  });
}
