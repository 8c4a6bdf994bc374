import type { Random } from "../simulation/random";
import type { Fate, Message } from "./postgres-proxy";
import type { StripeFate } from "./stripe-proxy";

export type Plan = {
  at: "postgres" | "stripe";
  when: "before" | "after";
  /** Counted from the moment the instance answers. */
  n: number;
};

const stripeStatuses = [429, 500, 503];

/**
 * Decides what becomes of each message. All of it is drawn from one seed; which request meets which fault
 * depends on the timing too, so a seed brings the same plan and not the same run.
 */
export function createMischief(random: Random) {
  const counts = new Map<string, number>();
  const instances = new Map<string, { kill(): void; plan: Plan | null }>();
  let killsLeft = 0;
  let armed = false;
  /** Faults that the next fitting messages meet. */
  let pending: {
    kind: string;
    fits: (message: Message) => boolean;
    fate: Fate;
    /** So many that fit are spared first. */
    spares: number;
  }[] = [];
  let stripeFaults = 0;
  let lostAnswers = 0;
  let messages = 0;

  const count = (kind: string, by = 1) =>
    void counts.set(kind, (counts.get(kind) ?? 0) + by);

  const draw = (): Plan => ({
    at: random.chance(0.3) ? "stripe" : "postgres",
    when: random.chance(0.5) ? "before" : "after",
    n: 0,
  });
  const arm = (name: string) => {
    const instance = instances.get(name);
    if (!instance || !armed || killsLeft <= 0) return;
    const plan = draw();
    const far = random.chance(0.3) ? 4 : 1;
    plan.n = 1 + random.below((plan.at === "stripe" ? 8 : 350) * far);
    instance.plan = plan;
  };
  /** Whether this message is the one; then the instance is dead when this returns, or dies once it was executed. */
  const isDue = (name: string, at: Plan["at"]): Plan | null => {
    const plan = instances.get(name)?.plan;
    if (!armed || plan?.at !== at) return null;
    plan.n -= 1;
    if (plan.n > 0 || killsLeft <= 0) return null;
    killsLeft -= 1;
    count(
      `kill ${plan.when} a message to ${at === "stripe" ? "Stripe" : "Postgres"}`,
    );
    return plan;
  };
  const kill = (name: string) => {
    const instance = instances.get(name);
    if (!instance) return;
    instance.plan = null;
    instance.kill();
  };

  return {
    counts,
    count,
    addInstance: (name: string, killIt: () => void) =>
      void instances.set(name, { kill: killIt, plan: null }),
    /** This instance answers (again). */
    arm,
    killsLeft: () => killsLeft,
    /** How many have passed to Postgres so far: what measures time, however slow the machine. */
    messages: () => messages,
    /** From now on, until `stop`. */
    start(kills: number) {
      armed = true;
      killsLeft = kills;
      for (const name of instances.keys()) arm(name);
    },
    stop() {
      armed = false;
      pending = [];
      stripeFaults = 0;
      lostAnswers = 0;
      for (const instance of instances.values()) instance.plan = null;
    },
    /** The next statement's connection is reset, its answer outstanding. */
    resetStatement: () =>
      void pending.push({
        kind: "connection reset in a statement",
        fits: ({ type, sql }) =>
          type === "P" && /^\s*(INSERT|UPDATE|SELECT)/i.test(sql),
        fate: "sent",
        spares: random.below(60),
      }),
    resetCommit: (fate: "cut" | "sent" | "answered") =>
      void pending.push({
        kind: {
          cut: "reset before COMMIT",
          sent: "reset with COMMIT sent",
          answered: "COMMIT done, its answer lost",
        }[fate],
        fits: ({ sql }) => /^\s*COMMIT/i.test(sql),
        fate,
        spares: random.below(12),
      }),
    stripeTrouble: (requests: number) => void (stripeFaults += requests),
    loseWebhookAnswers: (answers: number) => void (lostAnswers += answers),

    postgres(name: string, message: Message): Fate {
      messages += 1;
      const plan = isDue(name, "postgres");
      if (plan) {
        kill(name);
        return plan.when === "before" ? "cut" : "sent";
      }
      const fault = pending.find((one) => one.fits(message));
      if (!armed || !fault) return "pass";
      fault.spares -= 1;
      if (fault.spares >= 0) return "pass";
      pending = pending.filter((one) => one !== fault);
      count(fault.kind);
      return fault.fate;
    },
    stripe(name: string): StripeFate {
      const plan = isDue(name, "stripe");
      if (plan?.when === "before") {
        kill(name);
        return { kind: "refused" };
      }
      if (plan) return { kind: "lost", afterwards: () => kill(name) };
      if (!armed || stripeFaults <= 0) return { kind: "pass" };
      stripeFaults -= 1;
      const fate = drawStripeFate(random);
      const name_ =
        fate.kind === "status" ? `answers ${fate.status}` : words[fate.kind];
      count(`Stripe ${name_}`);
      return fate;
    },
    losesWebhookAnswer(): boolean {
      if (!armed || lostAnswers <= 0) return false;
      lostAnswers -= 1;
      count("answer to a webhook lost");
      return true;
    },
  };
}

const words = {
  pass: "answers",
  refused: "unreachable",
  lost: "executes, its answer is lost",
  half: "executes, its answer is cut short",
  late: "is slow",
  status: "answers",
} as const;

function drawStripeFate(random: Random): StripeFate {
  switch (random.below(6)) {
    case 0:
      return { kind: "refused" };
    case 1:
    case 2:
      return { kind: "lost" };
    case 3:
      return { kind: "half" };
    case 4:
      return { kind: "status", status: random.pick(stripeStatuses) };
    default:
      // Beyond the client's patience of 8 s now and then: a time-out after which it is executed.
      return { kind: "late", ms: random.chance(0.1) ? 8500 : 300 };
  }
}
