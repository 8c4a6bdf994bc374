import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as readRoute } from "@/app/api/checkout/[sessionId]/route";
import { POST as expireRoute } from "@/app/api/checkout/[sessionId]/expire/route";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const url = "http://localhost:3000/";
const path = (sessionId: string) => ({
  params: Promise.resolve({ sessionId }),
});
const cookie = (person: Person | null) => ({ cookie: person?.cookie ?? "" });

const read = (person: Person | null, id: string) =>
  readRoute(new Request(url, { headers: cookie(person) }), path(id));

const cancel = (
  person: Person | null,
  id: string,
  origin = "http://localhost:3000",
) =>
  expireRoute(
    new Request(url, {
      method: "POST",
      headers: {
        ...cookie(person),
        origin,
        "content-type": "application/json",
      },
      body: "{}",
    }),
    path(id),
  );

describe("an open checkout", () => {
  it("is told with its address and the end of its time", async () => {
    const ada = await world.person();
    const opened = await world.open(ada);
    const answer = await read(ada, opened.id);
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      {
        id: opened.id,
        status: "open",
        url: opened.url,
        paymentStatus: "unpaid",
      },
    ]);
  });

  it("can be cancelled, again and again, and makes room for another", async () => {
    const ada = await world.person();
    const { id } = await world.open(ada);
    for (const _ of [1, 2]) {
      const answer = await cancel(ada, id);
      expect([answer.status, await answer.json()]).toMatchObject([
        200,
        { status: "expired", url: null },
      ]);
    }
    expect((await world.stripe.checkout.sessions.retrieve(id)).status).toBe(
      "expired",
    );
    expect((await world.open(ada)).id).not.toBe(id);
  });

  it("that was paid meanwhile is not cancelled, and what was paid for is there", async () => {
    const ada = await world.person();
    const { id, url: address } = await world.open(ada);
    await world.control("webhooks", { paused: true });
    await world.pay(address);
    const answer = await cancel(ada, id);
    await world.control("webhooks", { paused: false });
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      { code: "checkout_complete" },
    ]);
    expect(await (await read(ada, id)).json()).toMatchObject({
      status: "complete",
      paymentStatus: "paid",
    });
  });

  it("once expired is 410 and says since when, in ISO 8601", async () => {
    const ada = await world.person();
    const { id } = await world.open(ada, {
      priceId: "pro_monthly",
      expiresInMinutes: 30,
    });
    await world.control("clock", { advance_seconds: 3600 });
    await world.delivered();
    const answer = await read(ada, id);
    expect(answer.status).toBe(410);
    const body = (await answer.json()) as { code: string; expired_at: string };
    expect(body.code).toBe("checkout_expired");
    expect(body.expired_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it("whose time is over is asked about, although no webhook came", async () => {
    const ada = await world.person();
    const { id } = await world.open(ada);
    await world.control("webhooks", { paused: true });
    await world.control("clock", { advance_seconds: 25 * 3600 });
    await world.rows(
      "UPDATE checkout_session SET expires_at = now() - interval '1 s' WHERE id = $1",
      [id],
    );
    expect((await read(ada, id)).status).toBe(410);
    await world.control("webhooks", { paused: false });
  });
});

describe("another's checkout", () => {
  it("is answered as one that does not exist, to read and to cancel", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    const { id } = await world.open(bob);
    const told = async (answer: Response) => {
      const { request_id: _, ...body } = (await answer.json()) as Record<
        string,
        unknown
      >;
      return [answer.status, body];
    };
    const missing = `cs_test_${"x".repeat(58)}`;
    for (const ask of [read, cancel]) {
      const foreign = await told(await ask(ada, id));
      expect(foreign[0]).toBe(404);
      expect(foreign).toEqual(await told(await ask(ada, missing)));
      expect(foreign).toEqual(await told(await ask(ada, "rubbish")));
      expect((await ask(null, id)).status).toBe(401);
    }
    expect((await world.stripe.checkout.sessions.retrieve(id)).status).toBe(
      "open",
    );
  });

  it("cannot be cancelled from another site, nor by who may only look", async () => {
    const ada = await world.person();
    const { id } = await world.open(ada);
    expect((await cancel(ada, id, "https://evil.com")).status).toBe(403);
    await world.rows(
      "UPDATE membership SET role = 'admin' WHERE user_id = $1",
      [ada.userId],
    );
    expect((await read(ada, id)).status).toBe(200);
    expect((await cancel(ada, id)).status).toBe(403);
  });
});
