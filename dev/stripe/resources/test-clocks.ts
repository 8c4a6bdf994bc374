import { DAY, boundary } from "../calendar";
import { atTime } from "../clock";
import { withoutRequest, type Context } from "../context";
import { invalidRequest } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import { listing, requireOne, retrieval } from "../lookup";
import type { TestClock } from "../objects";
import { operation } from "../operation";
import { firstOn, runOne } from "../timed";
import { deleteCustomer, requireCustomer } from "./customers";

const WHAT = "test clock";

/** Two of the shortest intervals on the clock, or two years where nothing recurs. */
function furthest(ctx: Context, clock: TestClock): number {
  const from = clock.frozen_time;
  const ends = ctx.store
    .all("subscription", { index: "test_clock", key: clock.id })
    .filter((one) => one.ended_at === null)
    .flatMap((one) => one.items.data)
    .flatMap(({ price }) =>
      price.recurring ? [boundary(from, price.recurring, 2)] : [],
    );
  return Math.min(
    ...ends,
    boundary(from, { interval: "year", interval_count: 1 }, 2),
  );
}

/** Runs all that falls due on the way, in the order of its time. */
function runUntil(ctx: Context, id: string, target: number): void {
  const wall = ctx.clock;
  for (;;) {
    const due = firstOn(ctx, id);
    if (!due || due.at > target) return;
    runOne({ ...withoutRequest(atTime(ctx, due.at)), wall }, due.kind, due.id);
  }
}

export const testClockOperations = [
  operation("testHelpers.testClocks.create", {
    built: "frozen_time name",
    run(ctx, params) {
      const now = ctx.clock.now();
      const clock: TestClock = {
        id: newId("clock"),
        object: "test_helpers.test_clock",
        created: now,
        deletes_after: now + 30 * DAY,
        frozen_time: params.frozen_time,
        livemode: false,
        name: params.name ?? null,
        status: "ready",
        status_details: {},
      };
      ctx.store.put("test_clock", clock);
      emit(ctx, "test_helpers.test_clock.created", clock);
      return clock;
    },
  }),
  retrieval("testHelpers.testClocks.retrieve", "test_clock", WHAT),
  operation("testHelpers.testClocks.advance", {
    built: "frozen_time",
    run(ctx, { frozen_time: target }, [id]) {
      const at = { param: "test_clock", what: WHAT };
      const before = requireOne(ctx, "test_clock", id, at);
      const param = "frozen_time";
      if (target <= before.frozen_time)
        throw invalidRequest("A test clock can only be moved forward.", {
          param,
        });
      if (target > furthest(ctx, before))
        throw invalidRequest(
          "A test clock can be advanced by at most two intervals of its shortest subscription, or two years without one.",
          { param },
        );
      const advancing: TestClock = {
        ...before,
        status: "advancing",
        status_details: { advancing: { target_frozen_time: target } },
      };
      emit(ctx, "test_helpers.test_clock.advancing", advancing);
      runUntil(ctx, id, target);
      const ready: TestClock = { ...before, frozen_time: target };
      ctx.store.put("test_clock", ready);
      emit(ctx, "test_helpers.test_clock.ready", ready);
      return advancing;
    },
  }),
  operation("testHelpers.testClocks.del", {
    run(ctx, _params, [id]) {
      const at = { param: "test_clock", what: WHAT };
      const clock = requireOne(ctx, "test_clock", id, at);
      const by = { index: "test_clock", key: id };
      for (const customer of ctx.store.all("customer", by))
        deleteCustomer(ctx, requireCustomer(ctx, customer.id));
      ctx.store.remove("test_clock", id);
      emit(ctx, "test_helpers.test_clock.deleted", clock);
      return { id, object: "test_helpers.test_clock", deleted: true };
    },
  }),
  listing("testHelpers.testClocks.list", "test_clock", {
    url: "/v1/test_helpers/test_clocks",
    what: WHAT,
  }),
];
