import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { webhooks } from "@/lib/admin/metrics/webhooks";
import { measure } from "@/lib/admin/metrics/measure";
import { periodOf } from "@/lib/admin/metrics/period";
import { systemDb } from "@/lib/platform/db";
import { after, days, seconds } from "@/lib/platform/time";
import { rollUpDays } from "@/lib/webhooks/days";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  await world.rows("DELETE FROM stripe_event");
  await world.rows("DELETE FROM webhook_day");
  await world.rows("DELETE FROM job_cursor");
});

// Once: the next day may begin at any moment.
const now = new Date();
const atMost = new Date(now).setUTCHours(12, 0, 0, 0);
const received = new Date(Math.min(now.getTime(), atMost));

/** So many events of that many days ago, as they ended. */
const events = (
  ago: number,
  count: number,
  { state = "done", history = "[]", secret = 0, live = false } = {},
) =>
  world.rows(
    `INSERT INTO stripe_event (account, livemode, id, type, payload, secret_index, state, history, received_at, finished_at)
     SELECT '', $1, 'evt_' || gen_random_uuid(), 'invoice.paid', '', $2, $3::"EventState", $4::jsonb,
       $5::timestamptz - make_interval(days => $6), now()
     FROM generate_series(1, $7)`,
    [live, secret, state, history, received, ago, count],
  );

const failedOnce = { history: '[{"attempt":1}]' };
const rollUp = (at = now) => rollUpDays(after(new Date(), seconds(30)), at);

async function total() {
  const period = periodOf({ period: "30d" }, now);
  const cells = await systemDb("test", (tx) => webhooks.read(tx, period));
  return measure(webhooks, cells, period)[0]?.total;
}

it("what webhooks brought is the same whether it was written down, or is read from the inbox", async () => {
  await events(12, 5);
  await events(12, 2, failedOnce);
  await events(2, 3);
  await events(2, 1, { secret: -1 });
  await events(1, 1, { state: "dead", ...failedOnce });
  await events(0, 4);
  await events(0, 9, { live: true }); // of another mode
  const told = {
    delivered: 15n,
    missed: 1n,
    events: 16n,
    deliveryRate: 15 / 16,
    clean: 13n,
    cleanRate: 13 / 16,
    dead: 1n,
  };
  expect(await total()).toEqual(told);
  await rollUp();
  expect(await total()).toEqual(told);
  expect(
    await world.rows("SELECT delivered FROM webhook_day ORDER BY day"),
  ).toEqual([{ delivered: 7 }, { delivered: 3 }, { delivered: 1 }]);
});

it("stays when its events are deleted, also when the last days are counted anew", async () => {
  await events(3, 6);
  await events(1, 2);
  await rollUp();
  await world.rows(
    "DELETE FROM stripe_event WHERE id IN (SELECT id FROM stripe_event ORDER BY received_at LIMIT 4)",
  );
  await rollUp(after(now, days(1)));
  expect(await total()).toMatchObject({ delivered: 8n });
});

it("an event that was dead and is replayed within a week is counted as done", async () => {
  await events(2, 1, { state: "dead", ...failedOnce });
  await rollUp();
  expect(await total()).toMatchObject({ dead: 1n });
  await world.rows("UPDATE stripe_event SET state = 'done'");
  await rollUp();
  expect(await total()).toMatchObject({ dead: 1n }); // once a day is enough
  await rollUp(after(now, days(1)));
  expect(await total()).toMatchObject({ dead: 0n, clean: 0n, delivered: 1n });
});

it("an inbox without an event has nothing to tell", async () => {
  await rollUp();
  expect(await total()).toMatchObject({ delivered: 0n, deliveryRate: null });
});
