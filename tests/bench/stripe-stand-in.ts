import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type Stripe from "stripe";
import { idOf } from "@/lib/sync/reference";

/** Subscription and customer number `at`, of the workspace of that number. */
export const idsOf = (at: number) => ({
  id: `sub_bench${at}`,
  customer: `cus_bench${at}`,
});

/**
 * Answers for as many subscriptions as are asked for, each a copy of one that the emulator made and each time in
 * another status, so that every fetch brings something new. Costs the machine nearly nothing: the app is measured.
 */
export async function startStandIn(made: Stripe.Subscription) {
  const template = JSON.stringify(made)
    .replaceAll(made.id, "{id}")
    .replaceAll(idOf(made.customer) ?? "", "{customer}")
    .replace(`"status":"${made.status}"`, '"status":"{status}"');
  const versions = new Map<string, number>();
  let held: (() => void)[] | null = null;
  let latency = 0;

  const answer = (response: ServerResponse, id: string) => {
    const version = (versions.get(id) ?? 0) + 1;
    versions.set(id, version);
    const body = template
      .replaceAll("{id}", id)
      .replaceAll("{customer}", id.replace("sub_", "cus_"))
      .replace("{status}", version % 2 ? "past_due" : "active");
    response.writeHead(200, { "Content-Type": "application/json" }).end(body);
  };
  const server = createServer((request, response) => {
    const [, id] =
      /^\/v1\/subscriptions\/(sub_bench\d+)/.exec(request.url ?? "") ?? [];
    if (!id) response.writeHead(404).end();
    else if (held) held.push(() => answer(response, id));
    else if (latency === 0) answer(response, id);
    else setTimeout(() => answer(response, id), latency);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    hold: () => void (held ??= []),
    held: () => held?.length ?? 0,
    release() {
      const waiting = held ?? [];
      held = null;
      for (const go of waiting) go();
    },
    /** How long it takes from here on to answer, in milliseconds. */
    answerAfter: (milliseconds: number) => void (latency = milliseconds),
    fetched: () => [...versions.values()].reduce((sum, one) => sum + one, 0),
    close: () => server.close(),
  };
}

export type StandIn = Awaited<ReturnType<typeof startStandIn>>;
