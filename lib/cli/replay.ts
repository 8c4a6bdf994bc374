import { systemDb } from "@/lib/platform/db";
import { replayEvent } from "@/lib/webhooks/replay";

/** Replays the stored event of this id, in whatever mode and account it came. Says what became of it. */
export async function replay(id: string): Promise<string> {
  const found = await systemDb("event to replay", (tx) =>
    tx.stripeEvent.findMany({
      where: { id },
      select: { account: true, livemode: true, id: true },
    }),
  );
  const outcomes = [];
  for (const key of found)
    outcomes.push(await replayEvent(key, { kind: "job", id: "cli" }));
  return outcomes.join(", ") || `no event ${id} is stored`;
}
