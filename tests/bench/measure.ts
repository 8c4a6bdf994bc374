import type Stripe from "stripe";
import { idOf } from "@/lib/sync/reference";
import { postMany, type Load, type Post } from "./post-many";
import { idsOf, type StandIn } from "./stripe-stand-in";
import type { WebhookApp } from "./webhook-app";

const path = "/api/webhooks/stripe";
const connections = 16;
/** As many as one instance works on inside the request (lib/webhooks/receive.ts). */
const places = 4;

export type Round = {
  empty: Load;
  acknowledged: Load;
  applied: Load;
  /** Distinct objects a second. */
  drained: number;
  /** Events a second, ten to an object. */
  burst: number;
  memory: number;
};

/** A workspace with a customer for each subscription that is asked about. */
export async function makeWorkspaces(app: WebhookApp, count: number) {
  const series = "FROM generate_series(0, $1::int) AS at";
  for (const statement of [
    `INSERT INTO tenant (id, name, slug) SELECT 'bench' || at, at, 'bench' || at ${series}`,
    `INSERT INTO customer (tenant_id, id, livemode, created_at) SELECT 'bench' || at, 'cus_bench' || at, false, now() ${series}`,
    `INSERT INTO stripe_object_owner (stripe_id, tenant_id, ticket) SELECT 'cus_bench' || at, 'bench' || at, 0 ${series}`,
  ])
    await app.sql(statement, [count]);
}

/** Measures each thing once, each with `count` events. */
export function createBench(
  app: WebhookApp,
  standIn: StandIn,
  example: { subscription: Stripe.Subscription; event: Stripe.Event },
) {
  const template = JSON.stringify(example.event, null, 2)
    .replaceAll(example.subscription.id, "{id}")
    .replaceAll(idOf(example.subscription.customer) ?? "", "{customer}")
    .replace(example.event.id, "{event}");
  let made = 0;

  /** One event about each of `objects` in turn. The first objects are the plugs'. */
  const eventsAbout = (count: number, objects: number, first = places) =>
    Array.from({ length: count }, (_, at): Post => {
      const { id, customer } = idsOf(first + (at % objects));
      made += 1;
      return app.sign(
        template
          .replaceAll("{id}", id)
          .replaceAll("{customer}", customer)
          .replace("{event}", `evt_bench${made}`),
      );
    });

  const waiting = async () => {
    const [row] = await app.sql<{ count: number }>(
      "SELECT count(*)::int AS count FROM stripe_event WHERE finished_at IS NULL",
    );
    return row?.count ?? 0;
  };

  /** While Stripe does not answer, an instance's places are taken and all else is acknowledged only. */
  async function acknowledgeOnly(posts: Post[]): Promise<Load> {
    standIn.hold();
    const plugs = postMany(
      { port: app.port, path, connections: places },
      eventsAbout(places, places, 0),
    );
    while (standIn.held() < places) await pause(10);
    const load = await postMany({ port: app.port, path, connections }, posts);
    standIn.release();
    await plugs;
    return load;
  }

  /** Events a second, from the first call of the cron to the last event that is done. */
  async function drain(): Promise<number> {
    const before = await waiting();
    const begun = performance.now();
    while ((await waiting()) > 0) await app.drain();
    return before / ((performance.now() - begun) / 1000);
  }

  return async function round(count: number): Promise<Round> {
    const empty = await postMany(
      { port: app.port, path: "/api/empty", connections },
      eventsAbout(count, count),
    );
    const acknowledged = await acknowledgeOnly(eventsAbout(count, count));
    const memory = app.memory();
    const drained = await drain();
    const applied = await postMany(
      { port: app.port, path, connections: places },
      eventsAbout(count / 2, count / 2),
    );
    await drain();
    await acknowledgeOnly(eventsAbout(count, count / 10));
    const burst = await drain();
    return { empty, acknowledged, applied, drained, burst, memory };
  };
}

const pause = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
