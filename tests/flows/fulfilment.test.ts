import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runDueEffects } from "@/lib/fulfilment/run";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const effect = async (person: Person) => {
  const [row] = await world.rows<{
    state: string;
    attempts: number;
    last_error: string | null;
  }>("SELECT state, attempts, last_error FROM effect WHERE tenant_id = $1", [
    person.tenantId,
  ]);
  return row;
};

/** An effect whose order is not there: what the owner's code needs is missing, so running it throws. */
async function failingEffect(person: Person, attempts = 0) {
  await world.rows(
    // The column is of whole milliseconds: now() may round to one that is yet to come.
    `INSERT INTO effect (tenant_id, id, kind, cause, payload, attempts, next_try_at)
     VALUES ($1, 'failing', 'purchase_paid', 'nothing', '{"orderId":"missing"}', $2, now() - interval '1 second')`,
    [person.tenantId, attempts],
  );
}

const makeDue = (person: Person) =>
  world.rows(
    "UPDATE effect SET next_try_at = now() - interval '1 second' WHERE tenant_id = $1",
    [person.tenantId],
  );

describe("the owner's code", () => {
  it("is called again later when it failed, and given up after the last attempt", async () => {
    const ada = await world.person();
    await failingEffect(ada);
    await runDueEffects(10);
    expect(await effect(ada)).toMatchObject({ state: "pending", attempts: 1 });
    expect((await effect(ada))?.last_error).toBe(
      "PrismaClientKnownRequestError",
    );
    await runDueEffects(10);
    expect((await effect(ada))?.attempts).toBe(1);
    await world.rows("UPDATE effect SET attempts = 9 WHERE tenant_id = $1", [
      ada.tenantId,
    ]);
    await makeDue(ada);
    await runDueEffects(10);
    expect(await effect(ada)).toMatchObject({ state: "dead", attempts: 10 });
    await makeDue(ada);
    expect(await runDueEffects(10)).toBe(0);
  });

  it("is never called again once it has worked", async () => {
    const ada = await world.person();
    await world.rows(
      `INSERT INTO effect (tenant_id, id, kind, cause, payload, next_try_at)
       VALUES ($1, 'working', 'access_began', 'a plan', '{"subscriptionId":"sub_1","status":"active"}', now() - interval '1 second')`,
      [ada.tenantId],
    );
    await runDueEffects(10);
    expect(await effect(ada)).toMatchObject({ state: "done", attempts: 1 });
    await makeDue(ada);
    expect(await runDueEffects(10)).toBe(0);
  });

  it("is given up when no process lived to report on the last attempt", async () => {
    const ada = await world.person();
    await failingEffect(ada, 10);
    await runDueEffects(1);
    expect(await effect(ada)).toMatchObject({
      state: "dead",
      last_error: "Error",
    });
  });

  it("is called once although many workers look for work", async () => {
    const ada = await world.person();
    await world.control("webhooks", { paused: true });
    await failingEffect(ada);
    const counts = await Promise.all(
      Array.from({ length: 8 }, () => runDueEffects(10)),
    );
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect((await effect(ada))?.attempts).toBe(1);
    await world.control("webhooks", { paused: false });
  });
});
