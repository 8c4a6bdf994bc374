import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findLeaks } from "@/lib/billing/money-conservation";
import { after, days, hours, minutes, seconds } from "@/lib/platform/time";
import { turnsOf, watchedUntil, watchMoney } from "@/lib/webhooks/watch-money";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const many = 60;

/** So many workspaces with a payment of which too little was given back, and no event that tells of any. */
beforeEach(async () => {
  for (const table of ["money_leak", "job_cursor", "alarm", "payment"])
    await world.rows(`DELETE FROM ${table}`);
  await world.rows(
    `INSERT INTO tenant (id, name, slug) SELECT 'astray' || n, 'Astray', 'astray' || n FROM generate_series(1, ${many}) AS n
     ON CONFLICT DO NOTHING`,
  );
  await world.rows(
    `INSERT INTO customer (tenant_id, id, livemode, created_at)
     SELECT id, 'cus_' || id, false, now() FROM tenant ON CONFLICT DO NOTHING`,
  );
  await world.rows(
    `INSERT INTO payment (tenant_id, id, customer_id, livemode, status, currency, amount, amount_captured, amount_refunded, created_at)
     SELECT id, 'pi_' || id, 'cus_' || id, false, 'succeeded', 'usd', 2900, 2900, 1000, now() FROM tenant`,
  );
});

/** The watch's own clock: any day will do. */
const begin = new Date("2031-05-06T17:23:45.678Z");
const inTime = () => after(new Date(), seconds(60));
const tooLate = () => after(new Date(), -1);
const startAt = (at: Date) =>
  world.rows("INSERT INTO job_cursor (name, position) VALUES ('money', $1)", [
    at.toISOString(),
  ]);

describe("the watch over money", () => {
  it("looks at everything when it runs once a day, and the first time", async () => {
    expect(await watchMoney(inTime(), begin)).toBe(many);
    expect(await watchedUntil()).toEqual(begin);
    expect(await findLeaks()).toHaveLength(many);
    await world.rows("UPDATE payment SET amount_refunded = 0");
    expect(await watchMoney(inTime(), after(begin, minutes(1)))).toBe(0);
    await world.rows("UPDATE payment SET amount_refunded = 1");
    expect(await watchMoney(inTime(), after(begin, hours(25)))).toBe(many);
  });

  it("looks at each workspace within a day, however often it runs and is cut short", async () => {
    const run = fc.record({
      gap: fc.integer({ min: 1, max: minutes(200) }),
      cut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(run, { minLength: 5, maxLength: 30 }),
        async (runs) => {
          await world.rows("DELETE FROM money_leak");
          await world.rows("DELETE FROM job_cursor");
          await startAt(begin);
          let now = begin;
          let found = 0;
          for (const { gap, cut } of runs) {
            now = after(now, gap);
            if (now >= after(begin, days(1))) break;
            const leaks = await watchMoney(cut ? tooLate() : inTime(), now);
            expect(leaks).toBeGreaterThanOrEqual(found);
            found = leaks;
          }
          expect(await watchMoney(inTime(), after(begin, days(1)))).toBe(many);
        },
      ),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it("goes through a seventh or so in a seventh of the day: what one run costs is bounded", async () => {
    await startAt(begin);
    const found = await watchMoney(inTime(), after(begin, days(1 / 7)));
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(many / 3);
  });

  it("that is cut short tells how far it came, and goes on from there", async () => {
    await startAt(begin);
    await watchMoney(tooLate(), after(begin, days(3)));
    expect(await watchedUntil()).toEqual(begin);
    expect(await watchMoney(inTime(), after(begin, days(3)))).toBe(many);
    expect(await watchedUntil()).toEqual(after(begin, days(3)));
  });

  it("does not believe a clock that was ahead", async () => {
    await startAt(after(begin, days(900)));
    expect(await watchMoney(inTime(), begin)).toBe(many);
  });
});

it("turns leave nothing out, overlap nowhere, and none spans midnight", () => {
  const moment = fc.date({
    min: new Date("2030-01-01"),
    max: new Date("2030-01-09"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moment, moment, (one, other) => {
      const [from, to] = one < other ? [one, other] : [other, one];
      const turns = turnsOf(from, to);
      let at = from;
      for (const turn of turns) {
        expect(turn.from).toEqual(at);
        expect(+turn.to).toBeGreaterThan(+turn.from);
        const [first, last] = [turn.from, after(turn.to, -1)];
        expect(last.getUTCDate()).toBe(first.getUTCDate());
        at = turn.to;
      }
      expect(+at).toBe(Math.min(+to, +after(from, days(1))));
    }),
  );
});
