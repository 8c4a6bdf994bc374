import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as replayRoute } from "@/app/api/admin/webhooks/[id]/replay/route";
import { eventFilter, getEvent, listEvents } from "@/lib/admin/events";
import { getTrouble, getWebhookHealth } from "@/lib/admin/webhook-health";
import { raiseAlarm } from "@/lib/platform/alarm";
import { getWebhookHours } from "@/lib/webhooks/hours";
import { startWorld, type Person, type World } from "@/tests/support/world";

const staffAddress = "ops@example.com";

let world: World;
beforeAll(async () => {
  process.env.STAFF_EMAILS = staffAddress;
  world = await startWorld();
});
afterAll(() => world.close());

const replay = (person: Person | null, id: string) =>
  replayRoute(
    new Request("http://localhost:3000/", {
      method: "POST",
      headers: {
        cookie: person?.cookie ?? "",
        origin: "http://localhost:3000",
        "content-type": "application/json",
      },
      body: "{}",
    }),
    { params: Promise.resolve({ id }) },
  );

const makeStaff = ({ userId }: Person, verified = true) =>
  world.rows(
    `UPDATE "user" SET email = $1, email_verified = $2 WHERE id = $3`,
    [staffAddress, verified, userId],
  );

/** The event that told of this person's plan, as if its object had never been given. */
const deadEvent = async (person: Person) => {
  await world.buy(person, "pro_monthly");
  const [event] = await world.rows<{ id: string; object_id: string }>(
    `UPDATE stripe_event SET state = 'dead', note = 'Error', attempts = 10, finished_at = now(),
       history = '[{"at":"2026-01-01T00:00:00Z","attempt":10,"error":"Error"}]'
     WHERE id = (SELECT cause FROM audit_entry WHERE tenant_id = $1 AND action = 'subscription.changed')
     RETURNING id, object_id`,
    [person.tenantId],
  );
  if (!event) throw new Error("no event");
  return event;
};

describe("the staff's view of the inbox", () => {
  it("tells what is dead, what one event changed, and hides what is about people", async () => {
    const ada = await world.person();
    const { id, object_id } = await deadEvent(ada);
    expect(await getWebhookHealth()).toMatchObject({ dead: 1, deadEffects: 0 });
    const trouble = { dead: 1, deadEffects: 0, silentSince: null };
    expect(await getTrouble()).toEqual(trouble);
    await raiseAlarm("endpoint_silent", "webhook endpoint");
    expect((await getTrouble()).silentSince).not.toBeNull();
    const dead = await listEvents(eventFilter.parse({ state: "dead" }));
    expect(dead.events.map((event) => event.id)).toEqual([id]);
    const event = await getEvent(id);
    expect(event?.payload).toContain(object_id);
    expect(event?.payload).not.toContain("@example.com");
    expect(event?.history).toMatchObject([{ attempt: 10, error: "Error" }]);
    expect(event?.changes.map((change) => change.action)).toContain(
      "subscription.changed",
    );
    const hours = await getWebhookHours(24);
    expect(hours).toHaveLength(24);
    expect(hours.at(-1)).toMatchObject({ dead: 1 });
    expect(hours.at(-1)?.received).toBeGreaterThan(5);
    expect(hours.at(-1)?.p95).toBeGreaterThan(0);
    expect(await getEvent("evt_unknown")).toBeNull();
  });

  it("goes through all of them page by page, each once", async () => {
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await listEvents(eventFilter.parse({ before }));
      seen.push(...page.events.map((event) => event.id));
      before = page.older ?? undefined;
    } while (before);
    const [all] = await world.rows<{ count: string }>(
      "SELECT count(*) FROM stripe_event",
    );
    expect(new Set(seen).size).toBe(Number(all?.count));
    expect(seen).toHaveLength(Number(all?.count));
  });

  it("takes a nonsensical filter for none", () => {
    expect(
      eventFilter.parse({ state: "x", before: "'; --", type: ["a"] }),
    ).toEqual({});
  });
});

describe("replay", () => {
  it("is for staff with a proven address; to everybody else it is not there", async () => {
    const [ada, eve] = [await world.person(), await world.person("Eve")];
    const { id } = await deadEvent(ada);
    expect((await replay(null, id)).status).toBe(404);
    expect((await replay(eve, id)).status).toBe(404);
    await makeStaff(eve, false);
    expect((await replay(eve, id)).status).toBe(404);
    await makeStaff(eve);
    const answer = await replay(eve, id);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { outcome: "done" },
    ]);
    expect((await replay(eve, "evt_unknown")).status).toBe(404);
    expect(await getEvent(id)).toMatchObject({
      state: "done",
      history: [{ attempt: 10 }, { replayedBy: `user:${eve.userId}` }],
    });
  });
});

describe("the hours before this one", () => {
  let began: Date; // once: the next hour may strike at any moment
  beforeAll(async () => {
    const [row] = await world.rows<{ began: Date }>(
      "SELECT date_trunc('hour', now()) - interval '3 hours' AS began",
    );
    if (row) began = row.began;
  });
  const insert = (id: string, state: string) =>
    world.rows(
      `INSERT INTO stripe_event (account, livemode, id, type, payload, secret_index, state, received_at, finished_at)
       VALUES ('', false, $1, 'invoice.paid', '', 0, $2::text::"EventState", $3::timestamptz + interval '1 minute',
         CASE WHEN $2::text = 'done' THEN $3::timestamptz + interval '61 seconds' END)`,
      [id, state, began],
    );
  const hour = async () =>
    (await getWebhookHours(24)).find((one) => +one.hour === +began);

  it("are added up once each, as soon as nothing of them waits; their dead are always counted", async () => {
    await world.rows("DELETE FROM webhook_hour");
    await insert("evt_hour1", "done");
    await insert("evt_hour2", "pending");
    expect(await hour()).toMatchObject({ received: 2, clean: 1, p95: 1000 });
    await world.rows(
      `UPDATE stripe_event SET state = 'done', finished_at = received_at + interval '3 seconds' WHERE id = 'evt_hour2'`,
    );
    const whole = { received: 2, clean: 2, dead: 0, p50: 1000, p95: 3000 };
    expect(await hour()).toMatchObject(whole);
    await insert("evt_hour3", "done");
    expect(await hour()).toMatchObject(whole);
    await world.rows(
      `UPDATE stripe_event SET state = 'dead' WHERE id = 'evt_hour1'`,
    );
    expect(await hour()).toMatchObject({ ...whole, dead: 1 });
  });
});
