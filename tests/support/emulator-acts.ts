import type { Emulator } from "@/dev/stripe/server";

type EmulatorState = {
  clock: { now: number };
  pending_deliveries: { type: string; attempts: number }[];
  requests: Record<string, { received: number; executed: number } | undefined>;
};

/** What the stories make happen at Stripe, and what they ask about it, each as one call. */
export function emulatorActs(emulator: Emulator) {
  async function control(path: string, body?: unknown): Promise<EmulatorState> {
    const answer = await fetch(`${emulator.origin}/_emulator/${path}`, {
      ...(body !== undefined && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
    if (!answer.ok)
      throw new Error(`emulator: ${path} answered ${answer.status}`);
    return (await answer.json()) as EmulatorState;
  }

  const timesOf = async (request: string) =>
    (await control("state")).requests[request] ?? { received: 0, executed: 0 };

  /** How often Stripe was asked so. */
  const received = async (request: string) => (await timesOf(request)).received;

  /** How often Stripe has really carried out such a request. */
  const executed = async (request: string) => (await timesOf(request)).executed;

  return {
    control,
    received,
    executed,

    /** How many sessions and customers Stripe has really made so far. */
    creates: async () => ({
      sessions: await executed("POST /v1/checkout/sessions"),
      customers: await executed("POST /v1/customers"),
    }),

    /**
     * The next such request waits at Stripe, or its answer does, until what this returns is called: within the eight
     * seconds that the client is patient.
     */
    async hold(
      method: "DELETE" | "GET" | "POST",
      path: string,
      hold: "answer" | "request" = "request",
    ) {
      await control("faults", { method, path, hold });
      return () => control("release", { method, path });
    },

    /** Stripe carries out the next such request, and no try of the client's hears of it. */
    loseAnswer: (path: string, method: "DELETE" | "POST" = "POST") =>
      control("faults", { method, path, dropAnswer: true, count: 3 }),
  };
}
