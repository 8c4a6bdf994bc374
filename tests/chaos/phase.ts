import { setTimeout as pause } from "node:timers/promises";
import { heal } from "./heal";
import { act, beginLife, type Life } from "./life";
import { makeTrouble, type Theme } from "./trouble";
import type { World } from "./world";

const side = 5;
const week = 7 * 24 * 3600;
const lives = new WeakMap<World, Life[]>();

/** People act and months pass while everything breaks; then it heals. */
export async function runPhase(
  world: World,
  { theme, kills }: { theme: Theme; kills: number },
) {
  const started = performance.now();
  const stop = new AbortController();
  const { mischief, random } = world;
  const own = lives.get(world) ?? [];
  lives.set(world, own);
  mischief.start(kills);
  const background = [
    makeTrouble(world, theme, stop.signal),
    tick(world, stop.signal),
  ];
  const untilHalf = Math.floor(kills / 3);
  let acts = 0;

  const worker = async () => {
    while (mischief.killsLeft() > untilHalf) {
      acts += 1;
      const idle = own.filter((one) => !one.busy && !one.closed);
      if (idle.length === 0 || random.chance(0.12)) {
        const life = await beginLife(world, world.nextKey());
        own.push(life);
        mischief.count("act: sign up");
        continue;
      }
      const life = random.pick(idle);
      life.busy = true;
      mischief.count(`act: ${await act(world, life, random)}`);
      life.busy = false;
    }
  };
  await Promise.all(Array.from({ length: side }, worker));

  // A month at Stripe for all of them, among the same troubles. Stripe lists its events for thirty days, so
  // the healing cron comes through now and then.
  mischief.count("act: a month passes");
  const acted = performance.now();
  for (let weeks = 0; weeks < 5; weeks += 1) {
    while (!(await reconciled(world))) await pause(200);
    await world.advance(week);
  }
  const reader = async () => {
    while (mischief.killsLeft() > 0) {
      const life = random.pick(own);
      acts += 1;
      if (!life.closed) await life.person.open(`/t/${life.slug}/billing`);
    }
  };
  await Promise.all(Array.from({ length: side }, reader));
  mischief.stop();
  stop.abort();
  await Promise.all(background);
  const broken = performance.now();
  const healed = await heal(world);
  const times = [acted - started, broken - acted, performance.now() - broken];
  const seconds = times.map((ms) => (ms / 1000).toFixed(0)).join(" + ");
  return { acts, ...healed, seconds };
}

/** The scheduler, which knows of no trouble. */
async function tick(world: World, signal: AbortSignal): Promise<void> {
  for (let ticks = 1; !signal.aborted; ticks += 1) {
    await world.cron(ticks % 8 === 0 ? "heal" : "drain");
    await pause(700);
  }
}

/** Whether this run of the cron was not kept out by the lease of one that was killed, which a week outlives. */
async function reconciled(world: World): Promise<boolean> {
  const done = await world.cron("heal");
  if (done?.reconciled) return true;
  await world.database.ask(
    "UPDATE job_cursor SET lease_until = lease_until - interval '1 minute'",
  );
  return false;
}
