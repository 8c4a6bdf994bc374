import { systemDb } from "@/lib/platform/db";
import { after, days } from "@/lib/platform/time";

/** `subject`: a workspace's id, or a person's address. */
export type Erasure = { kind: "workspace" | "person"; subject: string };

/** Stripe repeats an event for three days. */
const goesOnFor = days(4);

/**
 * Written down before the last step, so that what arrives afterwards is erased as well. Repeatable: a person's days
 * begin anew, for who had come back; a workspace's do not, as it is erased again on each of them.
 */
export async function keepErasing(
  { kind, subject }: Erasure,
  now = new Date(),
): Promise<void> {
  const [dueAt, until] = [after(now, days(1)), after(now, goesOnFor)];
  await systemDb(
    "an erasure goes on",
    (tx) => tx.$executeRaw`
      INSERT INTO erasure (kind, subject, due_at, until) VALUES (${kind}, ${subject}, ${dueAt}, ${until})
      ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, until = excluded.until
        WHERE excluded.kind = 'person'`,
  );
}

/** Those that are due, the longest waiting first. */
export async function dueErasures(now: Date): Promise<Erasure[]> {
  return systemDb(
    "erasures that are due",
    (tx) => tx.$queryRaw<Erasure[]>`
      SELECT kind, subject FROM erasure WHERE due_at <= ${now} ORDER BY due_at LIMIT 100`,
  );
}

/** It was gone through at `now`: forgotten where its days are over, and else due again tomorrow. Repeatable. */
export async function settleErasure(
  { kind, subject }: Erasure,
  now: Date,
): Promise<void> {
  await systemDb("an erasure was gone through", async (tx) => {
    await tx.$executeRaw`DELETE FROM erasure WHERE kind = ${kind} AND subject = ${subject} AND until <= ${now}`;
    await tx.$executeRaw`
      UPDATE erasure SET due_at = ${after(now, days(1))} WHERE kind = ${kind} AND subject = ${subject}`;
  });
}
