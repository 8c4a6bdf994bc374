import { findPerson } from "@/lib/auth/forget-person";
import { AppError } from "@/lib/platform/errors";
import { describeError, log } from "@/lib/platform/log";
import { forgetTraces } from "./erase-person";
import { eraseWorkspace } from "./erase-workspace";
import { dueErasures, settleErasure, type Erasure } from "./erasures";

/** So many people are looked for in the stored events in about the time that one takes. */
const together = 25;

/**
 * Erases what has arrived since, once a day for four days. Begins nothing after `deadline` but what has waited
 * longest. One that fails stays due. Says how many were gone through.
 */
export async function finishErasures({
  deadline,
  now = new Date(),
}: {
  deadline: Date;
  now?: Date;
}): Promise<number> {
  let gone = 0;
  for (const turn of inTurns(await dueErasures(now))) {
    try {
      await goThrough(turn);
      for (const erasure of turn) await settleErasure(erasure, now);
      gone += turn.length;
    } catch (error) {
      if (error instanceof AppError && error.code === "database_unavailable")
        throw error;
      for (const erasure of turn) report(erasure, error);
    }
    if (new Date() >= deadline) break;
  }
  return gone;
}

/** A workspace each, or some people, where the first of them is due. */
function inTurns(due: readonly Erasure[]): Erasure[][] {
  const turns: Erasure[][] = [];
  let people: Erasure[] = [];
  for (const erasure of due) {
    if (erasure.kind === "workspace") turns.push([erasure]);
    else if (people.length % together > 0) people.push(erasure);
    else turns.push((people = [erasure]));
  }
  return turns;
}

async function goThrough(turn: readonly Erasure[]): Promise<void> {
  const by = {
    actor: { kind: "job", id: "erasure" },
    cause: "erasure",
  } as const;
  const gone: string[] = [];
  for (const { kind, subject } of turn) {
    if (kind === "workspace")
      await eraseWorkspace({ ...by, tenantId: subject });
    // Who has signed up again meanwhile is known by this address once more.
    else if (!(await findPerson(subject))) gone.push(subject);
  }
  if (gone.length > 0) await forgetTraces(gone);
}

/** A person is named by nothing but the address that is to be forgotten. */
function report({ kind, subject }: Erasure, error: unknown): void {
  const tenantId = kind === "workspace" ? { tenantId: subject } : {};
  const words = "an erasure has to wait";
  log().error({ kind, ...tenantId, error: describeError(error) }, words);
}
