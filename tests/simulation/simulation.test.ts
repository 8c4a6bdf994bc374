import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeOwners, replaySchedule } from "./replay";
import { playSchedule } from "./schedule";

/** The long run is `npm run sim`; this many prove that it still stands. */
const schedules = Number(process.env["SIM_SCHEDULES"] ?? 25);
const first = Number(process.env["SIM_FROM"] ?? 1);

let admin: pg.Pool;
beforeAll(async () => {
  process.env["STRIPE_SECRET_KEY"] = "sk_test_simulation1234";
  const connectionString = process.env["TEST_ADMIN_DATABASE_URL"];
  admin = new pg.Pool({ connectionString, max: 2 });
  await makeOwners(admin);
});
afterAll(() => admin.end());

describe("the model", () => {
  it("loses nothing, does nothing twice and agrees with Stripe after one sweep", () => {
    let drifted = 0;
    for (let seed = 1; seed <= 20_000; seed += 1) {
      const outcome = playSchedule(seed);
      drifted += outcome.drifted;
      expect([seed, outcome.diverged, outcome.stuck]).toEqual([seed, 0, 0]);
      if (outcome.lossless) expect([seed, outcome.drifted]).toEqual([seed, 0]);
    }
    expect(drifted).toBeGreaterThan(0); // or losses were not simulated at all
  });
});

describe("Postgres and the product's own functions", () => {
  it(`agree with the model, step by step, in ${schedules} schedules`, async () => {
    let steps = 0;
    for (let seed = first; seed < first + schedules; seed += 1) {
      try {
        steps += (await replaySchedule(seed, admin)).steps;
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
    }
    expect(steps).toBeGreaterThan(schedules * 10);
  }, 1_200_000);
});
