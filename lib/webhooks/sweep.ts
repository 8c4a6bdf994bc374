import { raiseAlarm } from "@/lib/platform/alarm";
import { describeError, log } from "@/lib/platform/log";
import {
  findDrift,
  markMended,
  recordDrift,
  type Drift,
} from "@/lib/sync/drift";
import { mirrors, type Mirror } from "@/lib/sync/mirror";
import { takeReadTicket } from "@/lib/sync/read-budget";
import { runJob } from "./job";

const actor = { kind: "job", id: "sweep" } as const;

export type Swept = { seen: number; drifted: number; mended: number };

type Options = {
  /** Only tells what differs: nothing is written. */
  dryRun?: boolean;
  /** Begins nothing after this moment; the next run goes on from there. */
  deadline?: Date;
};

/**
 * Holds Stripe's objects against our rows, because Stripe can fail to make an event at all (trust F3): what
 * differs is reported first and then fetched like after an event. Resumes where the last run stopped; null
 * for a kind that another instance is sweeping.
 */
export async function sweep(
  options: Options,
  say: (line: string) => void = () => {},
): Promise<Record<string, Swept | null>> {
  const result: Record<string, Swept | null> = {};
  for (const mirror of mirrors) {
    result[mirror.kind] = await sweepKind(mirror, options, say);
  }
  return result;
}

async function sweepKind(
  mirror: Mirror,
  { dryRun = false, deadline }: Options,
  say: (line: string) => void,
): Promise<Swept | null> {
  const name = dryRun ? `drift.${mirror.kind}` : `sweep.${mirror.kind}`;
  return runJob(name, async (job) => {
    const done: Swept = { seen: 0, drifted: 0, mended: 0 };
    let after = dryRun ? "" : job.position;
    while (!deadline || new Date() < deadline) {
      await takeReadTicket(actor);
      const { objects, hasMore } = await mirror.list(after, new Date());
      done.seen += objects.length;
      const drifts = await findDrift(mirror, objects);
      done.drifted += drifts.length;
      for (const drift of drifts)
        say(`${mirror.kind} ${drift.id}: ${describe(drift)}`);
      if (!dryRun) done.mended += await mendAll(mirror, drifts);
      after = hasMore ? (objects.at(-1)?.id ?? "") : "";
      await job.advance(dryRun ? "" : after);
      if (!after) break;
    }
    return done;
  });
}

function describe({ differences }: Drift): string {
  return differences
    .map(({ field, ours, stripes }) => `${field} ${ours} → ${stripes}`)
    .join(", ");
}

/** Reported first, by one alarm for its kind however many there are. Says how many were mended. */
async function mendAll(
  mirror: Mirror,
  drifts: readonly Drift[],
): Promise<number> {
  const reported: { id: string; drift: Drift }[] = [];
  for (const drift of drifts)
    reported.push({ id: await recordDrift(drift), drift });
  if (reported.length > 0) await raiseAlarm("drift", mirror.kind);
  let mended = 0;
  for (const { id, drift } of reported)
    if (await mend(mirror, id, drift)) mended += 1;
  return mended;
}

/** Says whether it worked. What fails stays written down, and the next sweep meets it again. */
async function mend(
  mirror: Mirror,
  id: string,
  drift: Drift,
): Promise<boolean> {
  try {
    const cause = { actor, cause: `drift:${id}` };
    const result = await mirror.sync(drift.id, cause);
    if ("ignored" in result) {
      // It bills somebody, and nobody here is told.
      await raiseAlarm("orphan", drift.id);
      return false;
    }
    await markMended(id);
    return true;
  } catch (error) {
    log().error(
      { objectId: drift.id, error: describeError(error) },
      "drift not mended",
    );
    return false;
  }
}
