import type { Facts } from "./facts";
import type { World } from "./world";

export function summary() {
  const counts = new Map<string, number>();
  const add = (name: string, by: number) =>
    void counts.set(name, (counts.get(name) ?? 0) + by);
  return {
    counts,
    violations: 0,
    phases: 0,
    planted: 0,
    found: 0,
    add(world: World, { rows, said, mails, acknowledged }: Facts) {
      for (const [name, by] of world.mischief.counts) add(name, by);
      add("size: workspaces", rows.tenant?.length ?? 0);
      add("size: events in the ledger", rows.stripe_event?.length ?? 0);
      add("size: events acknowledged", acknowledged.length);
      add("size: effects", rows.effect?.length ?? 0);
      add("size: checkouts paid", world.paid.size);
      add(
        "repeated: calls of fulfilment",
        repeats(
          said
            .filter(({ msg }) => msg === "purchase paid")
            .map(({ orderId }) => orderId ?? ""),
        ),
      );
      add("repeated: mails handed over", repeats(mails));
    },
  };
}

export function print(
  totals: ReturnType<typeof summary>,
  seconds: number,
): void {
  const kills = [...totals.counts]
    .filter(([name]) => name.startsWith("kill "))
    .reduce((sum, [, by]) => sum + by, 0);
  for (const [name, by] of [...totals.counts].toSorted(([a], [b]) =>
    a.localeCompare(b),
  ))
    console.log(`${String(by).padStart(7)}  ${name}`);
  console.log(
    `${kills} kills, ${totals.phases} phases, ${seconds.toFixed(0)} s; planted violations found: ${totals.found} of ${totals.planted}`,
  );
  console.log(
    `${totals.violations + totals.planted - totals.found} violations`,
  );
}

function repeats(ids: string[]): number {
  return ids.length - new Set(ids).size;
}
