import { setTimeout as pause } from "node:timers/promises";
import { runNode } from "../../dev/child";
import { signatureHeader } from "../../dev/stripe/signature";
import { findViolations } from "../chaos/checks";
import { gatherFacts, type Facts } from "../chaos/facts";
import { heal } from "../chaos/heal";
import { act, beginLife, type Life } from "../chaos/life";
import { startWorld, type Said, type World } from "../chaos/world";
import { hasPgbouncer } from "../support/pgbouncer";

/** Fewer than the instances would open by themselves (ten each), so that they wait for each other. */
const connections = 8;

/**
 * Two, three or four instances and a worker behind PgBouncer: everybody buys at once, all of them are handed every
 * event, and nothing breaks. Says what was done twice, or not at all, by the rules of `npm run chaos`.
 */
export async function runInstances(options: {
  appDir: string;
  instances: number;
  people: number;
  /** Acts of each. */
  acts: number;
  say: (line: string) => void;
}): Promise<string[]> {
  const { appDir, instances, people, say } = options;
  if (!hasPgbouncer) return ["PgBouncer is not installed: nothing was tried"];
  const began = performance.now();
  const seed = 20261122;
  const world = await startWorld({
    seed,
    instances,
    appDir,
    pooled: connections,
  });
  const worker = startWorker(world);
  const stop = new AbortController();
  try {
    const wrong: string[] = [];
    const handedOut = handOut(world, stop.signal);
    await world.control("POST", "event-faults", {
      act: "duplicate",
      count: 1_000_000,
      delayMs: 50,
      seed,
    });
    const numbers = Array.from({ length: people }, (_, at) => at + 1);
    const lives = await Promise.all(
      numbers.map((number) => beginLife(world, number)),
    );
    for (const life of lives) wrong.push(...(await rush(world, life)));
    await Promise.all(lives.map((life) => live(world, life, options.acts)));
    stop.abort();
    const copies = await handedOut;
    await heal(world);
    const facts = await gatherFacts(world);
    const charges = (facts.stripe["charge"] ?? []).length;
    const refunds = (facts.stripe["refund"] ?? []).length;
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    say(
      `${instances} instances and a worker behind PgBouncer with ${connections} connections: ${people} people, ` +
        `${charges} charges, ${refunds} refunds, ${facts.rows["stripe_event"]?.length} events, ` +
        `${copies} further copies of them, ${facts.rows["effect"]?.length} effects, ${seconds} s`,
    );
    return [...wrong, ...findViolations(facts), ...twice(facts)];
  } finally {
    stop.abort();
    await worker.close();
    await world.close({ keep: false });
  }
}

/** `npm run worker`, which drains and heals beside them. What the app's own code says there counts as well. */
function startWorker(world: World) {
  const env = { ...world.env, NODE_ENV: "production" as const };
  return runNode(["--import", "tsx", "lib/cli/worker.ts"], env, (line) => {
    if (line.startsWith("{")) world.said.push(JSON.parse(line) as Said);
  });
}

/** Ten checkouts at once, at whatever instance: one session. */
async function rush(world: World, { person, tenantId }: Life) {
  const wish = { priceId: "pro_monthly", tenantId };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      person.post("/api/checkout", wish, `rush-${world.nextKey()}`),
    ),
  );
  const ids = new Set(answers.map(({ body }) => body["id"]));
  return ids.size === 1
    ? []
    : [`ten checkouts of ${tenantId} at once: ${ids.size} sessions`];
}

async function live(world: World, life: Life, acts: number) {
  for (let done = 0; done < acts && !life.closed; done += 1)
    await act(world, life, world.random);
}

/**
 * Until `signal`, and once more after it: posts each event that Stripe has to every instance in the same moment. Says
 * how many copies.
 */
async function handOut(world: World, signal: AbortSignal): Promise<number> {
  const seen = new Set<string>();
  let copies = 0;
  for (let over = false; !over; await pause(100)) {
    over = signal.aborted;
    for await (const event of world.stripe.events.list({ limit: 100 })) {
      if (seen.has(event.id)) continue;
      seen.add(event.id);
      await postToAll(world, JSON.stringify(event));
      copies += world.ports.length;
    }
  }
  return copies;
}

async function postToAll({ env, ports }: World, body: string): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const signature = signatureHeader(body, [env.STRIPE_WEBHOOK_SECRET], now);
  const headers = { "stripe-signature": signature };
  await Promise.all(
    ports.map(async (port) => {
      const url = `http://127.0.0.1:${port}/api/webhooks/stripe`;
      const answer = await fetch(url, { method: "POST", headers, body });
      await answer.arrayBuffer();
    }),
  );
}

/** Nobody was killed, so what may happen again after a crash must not happen again here. */
function twice({ said, mails }: Facts): string[] {
  const fulfilled = said
    .filter(({ msg }) => msg === "purchase paid")
    .map(({ orderId }) => orderId ?? "");
  const repeats = (ids: string[]) => ids.length - new Set(ids).size;
  return [
    ...(repeats(fulfilled) > 0
      ? [`${repeats(fulfilled)} purchases were handed over twice`]
      : []),
    ...(repeats(mails) > 0 ? [`${repeats(mails)} mails were sent twice`] : []),
  ];
}
