import { z } from "zod";
import { findPerson } from "@/lib/auth/forget-person";
import { AppError } from "@/lib/platform/errors";
import { describeError, log } from "@/lib/platform/log";
import { heal, healAnswer } from "@/lib/webhooks/heal";
import { forgetTraces } from "./erase-person";
import { eraseWorkspace } from "./erase-workspace";
import { dueErasures, settleErasure, type Erasure } from "./erasures";

/** Erases what has arrived since, once a day for four days. One that fails stays due. Says how many were gone through. */
export async function finishErasures(now = new Date()): Promise<number> {
  let gone = 0;
  for (const erasure of await dueErasures(now)) {
    try {
      await goThrough(erasure);
      await settleErasure(erasure, now);
      gone += 1;
    } catch (error) {
      if (error instanceof AppError && error.code === "database_unavailable")
        throw error;
      log().error({ error: describeError(error) }, "an erasure has to wait");
    }
  }
  return gone;
}

async function goThrough({ kind, subject }: Erasure): Promise<void> {
  const by = {
    actor: { kind: "job", id: "erasure" },
    cause: "erasure",
  } as const;
  if (kind === "workspace") return eraseWorkspace({ ...by, tenantId: subject });
  // Who has signed up again meanwhile is known by this address once more.
  if (!(await findPerson(subject))) await forgetTraces(subject);
}

export const healAndEraseAnswer = healAnswer.extend({ erased: z.int() });

/** What the cron asks for every ten minutes: our rows are made true, and erasures are finished. */
export async function healAndErase() {
  const healed = await heal();
  return { ...healed, erased: await finishErasures() };
}
