/** Numbers from a seed: the same seed gives the same run, on every machine (mulberry32). */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    /** Whether something of this probability happens. */
    chance: (probability: number) => next() < probability,
    /** 0 up to, but without, `limit`. */
    below: (limit: number) => Math.floor(next() * limit),
    pick: <T>(values: readonly T[]): T => {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error("nothing to pick from");
      return value;
    },
  };
}

export type Random = ReturnType<typeof createRandom>;
