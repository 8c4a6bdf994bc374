import { addressOf } from "./address";
import { noteDecline, requireFewDeclines } from "./declines";
import { AppError } from "./errors";
import { describeError, log } from "./log";
import { limitTries } from "./rate-limit";
import type { Policy } from "./route-description";
import { minutes } from "./time";

/** How often a minute: one workspace (or person, where there is none), and one address. */
const perMinute = {
  /** What anybody may send: sign-in, sign-up, a forgotten password. */
  open: { subject: 60, address: 30 },
  /** What makes Stripe do something. */
  money: { subject: 120, address: 240 },
  write: { subject: 240, address: 480 },
  read: { subject: 600, address: 1200 },
} as const;

export type RateClass = keyof typeof perMinute;

/** While no proxy is trusted, everybody shares one bucket of so many times the size: a bound, not a fair share. */
const unknownShare = 10;

/** Null for who is not limited here: Stripe, and a cron that knows its secret. */
export function classOf(policy: Policy, reads: boolean): RateClass | null {
  switch (policy.caller) {
    case "cron":
    case "stripe":
      return null;
    case "anyone":
      return "open";
    case "member":
      if (reads) return "read";
      return isMoney(policy.permission) ? "money" : "write";
    case "signed in":
    case "staff":
      return reads ? "read" : "write";
  }
}

function isMoney(permission: string): boolean {
  return permission === "billing.write" || permission === "ownership.write";
}

/**
 * Before the request's body or query is parsed. Throws rate_limited, and too_many_declines where money is asked for
 * from an address whose cards were declined too often.
 */
export async function limitAddress(
  kind: RateClass | null,
  { headers }: Request,
): Promise<void> {
  if (!kind) return;
  const address = addressOf(headers);
  const { address: share } = perMinute[kind];
  const max = address ? share : share * unknownShare;
  const of = address ?? "unknown";
  await unlessItFails(kind, async () => {
    if (kind === "money" && address) await requireFewDeclines(address);
    await limitTries({
      act: `${kind}.address`,
      of,
      max,
      within: minutes(1),
    });
  });
}

/** Once it is known for whom. Throws rate_limited, and too_many_declines as above. */
export async function limitSubject(
  kind: RateClass | null,
  context: unknown,
): Promise<void> {
  const of = subjectOf(context);
  if (!kind || !of) return;
  const { subject: max } = perMinute[kind];
  await unlessItFails(kind, async () => {
    if (kind === "money") await requireFewDeclines(of);
    await limitTries({ act: `${kind}.subject`, of, max, within: minutes(1) });
  });
}

/** A card was declined from this address. Best effort: the answer is about the card, and goes out in any case. */
export async function noteRefusal(
  kind: RateClass | null,
  { status }: AppError,
  { headers }: Request,
): Promise<void> {
  const address = addressOf(headers);
  if (kind !== "money" || status !== 402 || !address) return;
  await noteDecline(address).catch((error: unknown) =>
    log().warn({ error: describeError(error) }, "decline not counted"),
  );
}

/** Money and writing stay closed when nobody counts; who only looks goes on. */
async function unlessItFails(
  kind: RateClass,
  count: () => Promise<void>,
): Promise<void> {
  try {
    await count();
  } catch (error) {
    if (kind !== "read" || error instanceof AppError) throw error;
    log().warn({ error: describeError(error) }, "reads are not limited");
  }
}

/** The workspace that is acted for, or else the person. */
function subjectOf(context: unknown): string | null {
  if (typeof context !== "object" || context === null) return null;
  if ("tenantId" in context && typeof context.tenantId === "string")
    return context.tenantId;
  if ("userId" in context && typeof context.userId === "string")
    return context.userId;
  return null;
}
