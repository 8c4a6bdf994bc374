import {
  afterAll,
  beforeAll,
  describe,
  expect,
  it,
  onTestFinished,
} from "vitest";
import { rightsOf } from "@/lib/entitlements/check";
import { systemDb } from "@/lib/platform/db";
import { claimEvent } from "@/lib/webhooks/claim";
import { cleanUpEvents } from "@/lib/webhooks/cleanup";
import { drain } from "@/lib/webhooks/drain";
import { runJob } from "@/lib/webhooks/job";
import { reconcileEvents } from "@/lib/webhooks/reconcile";
import { replayEvent } from "@/lib/webhooks/replay";
import { storeEvent } from "@/lib/webhooks/store";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

let count = 0;
const eventAbout = (objectId: string, type = "customer.subscription.updated") =>
  ({
    id: `evt_ledger${process.pid}${(count += 1)}`,
    object: "event",
    type,
    livemode: false,
    data: { object: { id: objectId, payment_intent: objectId } },
  }) as const;

const keyOf = (event: { id: string }) => ({
  account: "",
  livemode: false,
  id: event.id,
});

const arrive = (event: ReturnType<typeof eventAbout>) =>
  storeEvent(event, { bytes: Buffer.from("{}"), secretIndex: 0 });

const stored = async (id: string) => {
  const [row] = await world.rows<{
    state: string;
    note: string | null;
    attempts: number;
    history: unknown[];
  }>("SELECT state, note, attempts, history FROM stripe_event WHERE id = $1", [
    id,
  ]);
  return row;
};

const subscriptionOf = async ({ tenantId }: Person) => {
  const [row] = await world.rows<{ id: string }>(
    "SELECT id FROM subscription WHERE tenant_id = $1",
    [tenantId],
  );
  return row?.id ?? "none";
};

const fetches = () => world.received("GET /v1/subscriptions/:id");

/** Somebody who has bought Pro while no webhook came through. */
const buyUnheard = async () => {
  const ada = await world.person();
  await world.control("webhooks", { paused: true });
  const { url } = await world.open(ada);
  await world.pay(url);
  return ada;
};

describe("a burst", () => {
  const noise = () => eventAbout("pi_none", "nobody.listens");

  it("stores each once and tells one of its copies that it was new", async () => {
    const events = Array.from({ length: 20 }, noise);
    const told = await Promise.all([...events, ...events].map(arrive));
    expect(told.filter(Boolean)).toHaveLength(20);
    for (const { id } of events) expect(await stored(id)).toBeDefined();
  });

  it("is not harmed by one that the database refuses", async () => {
    const events = Array.from({ length: 5 }, noise);
    const refused = eventAbout("pi_none", "no\0text");
    const answers = await Promise.allSettled([...events, refused].map(arrive));
    expect(answers.map(({ status }) => status)).toEqual([
      ...events.map(() => "fulfilled"),
      "rejected",
    ]);
    for (const { id } of events) expect(await stored(id)).toBeDefined();
  });

  it("of fifty events about one subscription costs one fetch", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const id = await subscriptionOf(ada);
    const burst = Array.from({ length: 50 }, () => eventAbout(id));
    for (const event of burst) await arrive(event);
    const before = await fetches();
    await drain();
    expect((await fetches()) - before).toBe(1);
    for (const event of burst)
      expect((await stored(event.id))?.state).toBe("done");
  });

  it("does not swallow the one that calls for a person", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const [payment] = await world.rows<{ id: string }>(
      "SELECT id FROM payment WHERE tenant_id = $1",
      [ada.tenantId],
    );
    const id = payment?.id ?? "none";
    await arrive(eventAbout(id, "payment_intent.succeeded"));
    await arrive(eventAbout(id, "radar.early_fraud_warning.created"));
    await arrive(eventAbout(id, "charge.updated"));
    await drain();
    expect(
      await world.rows("SELECT code FROM alarm WHERE subject = $1", [id]),
    ).toEqual([{ code: "fraud_warning" }]);
  });

  it("leaves an event that came after the fetch had begun to a fetch of its own", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const id = await subscriptionOf(ada);
    const goOn = await world.hold("GET", `/v1/subscriptions/${id}`);
    const [first, late] = [eventAbout(id), eventAbout(id)];
    await arrive(first);
    const before = await fetches();
    const draining = drain();
    await expect.poll(fetches).toBe(before + 1);
    await arrive(late);
    await goOn();
    await draining;
    await drain();
    expect((await fetches()) - before).toBe(2);
    expect(await stored(late.id)).toMatchObject({ state: "done", note: null });
  });

  /** Whoever claimed them has finished them. */
  const finish = () =>
    world.rows(
      "UPDATE stripe_event SET state = 'ignored', finished_at = now(), lease_until = NULL WHERE lease_until IS NOT NULL",
    );

  it("waits while somebody is at its object, and no other object waits", async () => {
    onTestFinished(async () => void (await finish()));
    const [ours, other] = [eventAbout("sub_gone1"), eventAbout("sub_gone2")];
    const sibling = eventAbout("sub_gone1");
    for (const event of [ours, sibling, other]) await arrive(event);
    expect(await claimEvent(keyOf(ours))).not.toBeNull();
    expect(await claimEvent(keyOf(sibling))).toBeNull();
    expect(await claimEvent(keyOf(other))).not.toBeNull();
  });

  it("about nothing that has an id is still taken by one worker alone", async () => {
    onTestFinished(async () => void (await finish()));
    const balance = {
      ...eventAbout("", "balance.available"),
      data: { object: {} },
    };
    await storeEvent(balance, { bytes: Buffer.from("{}"), secretIndex: 0 });
    expect(await claimEvent(keyOf(balance))).not.toBeNull();
    expect(await claimEvent(keyOf(balance))).toBeNull();
  });
});

describe("the budget for reading Stripe", () => {
  it("spent, puts events off without counting an attempt; people go on", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const event = eventAbout(await subscriptionOf(ada));
    await systemDb(
      "spend it",
      (tx) =>
        tx.$executeRaw`UPDATE stripe_read_budget SET tokens = 0, at = now() + interval '1 hour'`,
    );
    await arrive(event);
    await drain();
    expect(await stored(event.id)).toMatchObject({
      state: "pending",
      attempts: 0,
    });
    const bob = await world.person("Bob");
    expect((await world.checkout(bob, { priceId: "pro_monthly" })).status).toBe(
      200,
    );
    await systemDb(
      "fill it",
      (tx) => tx.$executeRaw`UPDATE stripe_read_budget SET at = now()`,
    );
    await world.rows(
      "UPDATE stripe_event SET next_try_at = now() - interval '1 second'",
    );
    await drain();
    expect((await stored(event.id))?.state).toBe("done");
  });
});

describe("reconcile", () => {
  it("takes in what never arrived, through the same door, once", async () => {
    const ada = await buyUnheard();
    expect((await rightsOf(ada)).plan.key).toBe("free");
    const dry = await reconcileEvents({ dryRun: true });
    expect(dry?.missing).toBeGreaterThan(0);
    expect((await rightsOf(ada)).plan.key).toBe("free");
    const found: string[] = [];
    const real = await reconcileEvents({}, (line) => found.push(line));
    expect(real?.missing).toBe(dry?.missing);
    expect(found).toHaveLength(dry?.missing ?? -1);
    await drain();
    expect((await rightsOf(ada)).plan.key).toBe("pro");
    expect((await reconcileEvents({}))?.missing).toBe(0);
    await world.control("webhooks", { paused: false });
    await world.delivered();
    const effects = await world.rows(
      "SELECT FROM effect WHERE tenant_id = $1 AND kind = 'access_began'",
      [ada.tenantId],
    );
    expect(effects).toHaveLength(1);
  });

  it("that has no time left keeps how far it has come", async () => {
    await world.rows(
      "UPDATE job_cursor SET position = '1700000000' WHERE name = 'reconcile'",
    );
    const now = new Date(1_700_100_000_000);
    const late = { deadline: new Date(Date.now() - 1) };
    expect(await reconcileEvents(late, undefined, now)).toEqual({
      seen: 0,
      missing: 0,
    });
    const position = async () =>
      (
        await world.rows<{ position: string }>(
          "SELECT position FROM job_cursor WHERE name = 'reconcile'",
        )
      )[0]?.position;
    expect(await position()).toBe("1700000000");
    await reconcileEvents({}, undefined, now);
    expect(await position()).toBe("1700100000");
  });

  it("runs once at a time, and goes on where a dead one stopped", async () => {
    const inner = await runJob("one", () => runJob("one", async () => "in"));
    expect(inner).toBeNull();
    await runJob("two", async (job) => {
      await job.advance("half");
      throw new Error("killed");
    }).catch(() => {});
    expect(await runJob("two", async (job) => job.position)).toBe("half");
  });
});

describe("replay", () => {
  it("works on a finished event once more and writes down who asked", async () => {
    const ada = await world.person();
    await world.buy(ada, "pro_monthly");
    const event = eventAbout(await subscriptionOf(ada));
    await world.deliver({ ...event, api_version: null });
    const actor = { kind: "user", id: ada.userId } as const;
    expect(await replayEvent(event.id, actor)).toBe("done");
    expect(await stored(event.id)).toMatchObject({
      state: "done",
      attempts: 1,
      history: [{ replayedBy: `user:${ada.userId}` }],
    });
  });

  it("of an event that is not there says so", async () => {
    await expect(
      replayEvent("evt_unknown", { kind: "job", id: "test" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("cleanup", () => {
  it("deletes what is old and finished, and never what is dead", async () => {
    const [old, dead, young] = [
      eventAbout("sub_old"),
      eventAbout("sub_dead"),
      eventAbout("sub_young"),
    ];
    for (const event of [old, dead, young]) await arrive(event);
    await world.rows(
      `UPDATE stripe_event SET finished_at = now(), received_at = now() - interval '91 days',
         state = CASE id WHEN $1 THEN 'done' ELSE 'dead' END::"EventState" WHERE id IN ($1, $2)`,
      [old.id, dead.id],
    );
    expect(await cleanUpEvents(new Date(Date.now() + 5000))).toBe(1);
    expect(await stored(old.id)).toBeUndefined();
    expect((await stored(dead.id))?.state).toBe("dead");
    expect((await stored(young.id))?.state).toBe("pending");
  });
});
