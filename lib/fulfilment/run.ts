import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { recountSeats } from "@/lib/billing/seats";
import { isMailKind } from "@/lib/emails/payload";
import { raiseAlarm } from "@/lib/platform/alarm";
import { backoff, maxAttempts } from "@/lib/platform/backoff";
import { Prisma, systemDb, systemSql } from "@/lib/platform/db";
import { describeError, log } from "@/lib/platform/log";
import { seconds } from "@/lib/platform/time";
import type { Effect, EffectKind } from "@/lib/sync/effect";
import { onAccessBegan } from "./on-access-began";
import { onAccessEnded } from "./on-access-ended";
import { onPurchasePaid } from "./on-purchase-paid";
import { onPurchaseTakenBack } from "./on-purchase-taken-back";
import { runMail } from "./run-mail";

type ClaimedEffect = {
  tenantId: string;
  id: string;
  kind: EffectKind;
  payload: unknown;
  attempts: number;
};

/** Your code may take this long, in seconds; then it counts as failed, and a little later another may try. */
const patience = 110;
const lease = 120;

/**
 * Runs up to `limit` effects that are due, each claimed only when its turn has come. Each cause has one
 * row, and a row is done once: your function is called again only where it threw, took too long, or its
 * process died. Returns how many were due.
 */
export async function runDueEffects(limit: number): Promise<number> {
  for (let done = 0; done < limit; done += 1) {
    const effect = await claim();
    if (!effect) return done;
    await run(effect);
  }
  return limit;
}

/**
 * Runs one effect that the caller has just asked for, if it is still due, and waits for it for 5 s at most:
 * a person waits for the answer. What fails or takes longer comes back with the others.
 */
export async function runEffectNow(
  wanted: Pick<Effect, "tenantId" | "kind" | "cause">,
): Promise<void> {
  const { tenantId, kind, cause } = wanted;
  const [effect] = await systemSql<ClaimedEffect>(
    "claim one effect",
    Prisma.sql`
      UPDATE effect SET state = 'processing', attempts = attempts + 1,
        next_try_at = now() + make_interval(secs => ${lease})
      WHERE tenant_id = ${tenantId} AND kind = ${kind} AND cause = ${cause}
        AND finished_at IS NULL AND next_try_at <= now()
      RETURNING tenant_id AS "tenantId", id, kind, payload, attempts`,
  );
  const late = pause(seconds(5), undefined, { ref: false });
  if (effect) await Promise.race([run(effect), late]);
}

async function claim(): Promise<ClaimedEffect | undefined> {
  const [effect] = await systemSql<ClaimedEffect>(
    "claim an effect",
    Prisma.sql`
      UPDATE effect SET state = 'processing', attempts = attempts + 1,
        next_try_at = now() + make_interval(secs => ${lease})
      WHERE (tenant_id, id) = (
        SELECT tenant_id, id FROM effect WHERE finished_at IS NULL AND next_try_at <= now()
        ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING tenant_id AS "tenantId", id, kind, payload, attempts`,
  );
  return effect;
}

async function run(effect: ClaimedEffect): Promise<void> {
  try {
    // Nobody lived to report the failure of the last attempt that it had.
    if (effect.attempts > maxAttempts) throw new Error("gave no answer");
    await Promise.race([call(effect), tooLate()]);
    await mark(effect, { state: "done", wait: null, error: null });
  } catch (error) {
    const wait = backoff(effect.attempts);
    const { tenantId, id: effectId, kind } = effect;
    const words = wait === null ? "effect is dead" : "effect failed";
    log().error(
      { tenantId, effectId, kind, error: describeError(error) },
      words,
    );
    const state = wait === null ? "dead" : "pending";
    await mark(effect, { state, wait, error: describeError(error).name });
    if (state === "dead") await raiseAlarm("effect_dead", effectId);
  }
}

async function tooLate(): Promise<never> {
  await pause(seconds(patience), undefined, { ref: false });
  throw new Error("took too long");
}

const orderPayload = z.object({ orderId: z.string() });
const accessPayload = z.object({
  subscriptionId: z.string(),
  status: z.string(),
});

async function call(effect: ClaimedEffect): Promise<void> {
  const common = { tenantId: effect.tenantId, idempotencyKey: effect.id };
  const { kind } = effect;
  if (isMailKind(kind)) return runMail({ ...effect, kind });
  switch (kind) {
    case "purchase_paid":
      return onPurchasePaid({ ...common, ...(await loadOrder(effect)) });
    case "purchase_taken_back":
      await requireHandedOver(effect);
      return onPurchaseTakenBack({ ...common, ...(await loadOrder(effect)) });
    case "access_began":
      return onAccessBegan({
        ...common,
        ...accessPayload.parse(effect.payload),
      });
    case "access_ended":
      return onAccessEnded({
        ...common,
        ...accessPayload.parse(effect.payload),
      });
    case "seats_changed": {
      const actor = { kind: "job", id: "seats" } as const;
      const { tenantId, id: cause } = effect;
      return recountSeats({ tenantId, actor, cause }, cause);
    }
    default:
      // Added by a newer version that is being rolled out: left to it.
      kind satisfies never;
      throw new Error("unknown kind of effect");
  }
}

/** What is handed over later would not be taken back again. */
async function requireHandedOver(effect: ClaimedEffect): Promise<void> {
  const { orderId: cause } = orderPayload.parse(effect.payload);
  const { tenantId } = effect;
  const waits = await systemDb("is a purchase handed over", (tx) =>
    tx.effect.count({
      where: { tenantId, kind: "purchase_paid", cause, finishedAt: null },
    }),
  );
  if (waits > 0) throw new Error("not handed over yet");
}

const orderLines = z.array(
  z.object({ productId: z.string(), quantity: z.int() }),
);

async function loadOrder({ tenantId, payload }: ClaimedEffect) {
  const { orderId } = orderPayload.parse(payload);
  const order = await systemDb("order of an effect", (tx) =>
    tx.order.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id: orderId } },
    }),
  );
  const { description } = order;
  return { orderId, description, lines: orderLines.parse(order.lines) };
}

async function mark(
  effect: ClaimedEffect,
  next: {
    state: "done" | "pending" | "dead";
    wait: number | null;
    error: string | null;
  },
): Promise<void> {
  await systemSql(
    "effect ran",
    Prisma.sql`
    UPDATE effect SET state = ${next.state}::"EffectState", last_error = ${next.error},
      next_try_at = now() + make_interval(secs => ${(next.wait ?? 0) / seconds(1)}),
      finished_at = CASE WHEN ${next.state !== "pending"} THEN now() END
    WHERE tenant_id = ${effect.tenantId} AND id = ${effect.id}
      AND state = 'processing' AND attempts = ${effect.attempts}`,
  );
}
