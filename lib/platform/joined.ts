/**
 * Calls that come while `atOnce` runs are under way wait for one of them to end and go on together, at most `most`
 * in one run. Each caller gets its own item's result, in order. What fails together is tried again each by itself,
 * all at once, so that an item can harm no other: `run` must be safe to repeat.
 */
export function joined<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  { atOnce, most }: { atOnce: number; most: number },
): (item: Item) => Promise<Result> {
  type Waiting = {
    item: Item;
    resolve(result: Result): void;
    reject(reason: unknown): void;
  };
  const waiting: Waiting[] = [];
  let running = 0;

  async function settle(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [at, { resolve, reject }] of batch.entries()) {
        const result = results[at];
        if (result === undefined) reject(new Error("a run left an item out"));
        else resolve(result);
      }
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else await Promise.all(batch.map((one) => settle([one])));
    }
  }

  async function work(): Promise<void> {
    running += 1;
    while (waiting.length > 0) await settle(waiting.splice(0, most));
    running -= 1;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (running < atOnce) void work();
    });
}
