import { atTime } from "../clock";
import type { Context } from "../context";

/** The world as this customer's objects see it: by their test clock, if they have one. */
export function onClockOf(
  ctx: Context,
  of: { test_clock: string | null },
): Context {
  const frozen = of.test_clock && ctx.store.get("test_clock", of.test_clock);
  if (!frozen || ctx.wall) return ctx;
  return { ...atTime(ctx, frozen.frozen_time), wall: ctx.clock };
}

/** Payments carry real time even where their customer lives by a test clock. */
export function onWall(ctx: Context): Context {
  const { wall, ...rest } = ctx;
  return wall ? { ...rest, clock: wall } : ctx;
}
