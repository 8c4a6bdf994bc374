import Stripe from "stripe";
import { expect, test as base } from "../support/browser";
import { startTestStack } from "../support/stack";

type OwnStack = Awaited<ReturnType<typeof startTestStack>>;
let own: OwnStack | undefined;

/** For stories in which time passes or Stripe stops: their worker has a stack to itself. */
export const test = base.extend<object, { ownStack: OwnStack }>({
  ownStack: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads this pattern and insists on one
    async ({}, provide) => {
      own = await startTestStack();
      await provide(own);
      await own.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  stack: async ({ ownStack }, provide) => provide(ownStack.shared),
});

export function ownStack(): OwnStack {
  if (!own) throw new Error("no test of this file has begun");
  return own;
}

export function stripe(): Stripe {
  const { hostname, port } = new URL(ownStack().shared.emulatorUrl);
  return new Stripe("sk_test_turnpike_emulator", {
    host: hostname,
    port: Number(port),
    protocol: "http",
  });
}

export async function control(path: string, body?: object) {
  const { emulatorUrl } = ownStack().shared;
  const answer = await fetch(`${emulatorUrl}/_emulator/${path}`, {
    ...(body && {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  return (await answer.json()) as {
    clock: { now: number };
    pending_deliveries: unknown[];
  };
}

/** The app has heard of everything that has happened at Stripe. */
export async function delivered() {
  const waiting = async () => (await control("state")).pending_deliveries;
  await expect.poll(waiting, { timeout: 30_000 }).toEqual([]);
}

export async function later(seconds: number) {
  await control("clock", { advance_seconds: seconds });
  await delivered();
}
