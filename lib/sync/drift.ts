import { systemDb, type Transaction } from "@/lib/platform/db";
import type { Facts, Listed, Mirror, Place } from "./mirror";

export type Difference = { field: string; ours: string; stripes: string };

export type Drift = { id: string; differences: Difference[] };

/**
 * Which of these objects differ from our rows although nothing about them is on its way: an event that
 * waits, or was answered within the last minute, is no drift but its own repair.
 */
export async function findDrift(
  mirror: Mirror,
  objects: readonly Listed[],
): Promise<Drift[]> {
  const ids = objects.map((object) => object.id);
  const { rows, owners, moving } = await systemDb("drift", async (tx) => ({
    rows: await mirror.stored(tx, await placesOf(tx, ids)),
    owners: await tx.stripeObjectOwner.findMany({
      where: {
        stripeId: { in: objects.flatMap((one) => one.customerId ?? []) },
      },
    }),
    moving: await tx.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT object_id AS id FROM stripe_event WHERE object_id = ANY(${ids})
        AND (finished_at IS NULL OR finished_at > now() - interval '1 minute')`,
  }));
  const ownRows = new Map<string, Facts>(rows.map((row) => [row.id, row]));
  const customers = new Set(owners.map((one) => one.stripeId));
  const onTheWay = new Set(moving.map((one) => one.id));
  return objects.flatMap((object) => {
    // A stranger's object, or one that is being answered at this moment.
    const known = customers.has(object.customerId ?? "");
    const strange = !known && !object.namesTenant;
    if (strange || onTheWay.has(object.id)) return [];
    const found = differences(ownRows.get(object.id), object.facts);
    return found.length > 0 ? [{ id: object.id, differences: found }] : [];
  });
}

/** Where those that were ever stored are: a row is found by its tenant and its id, never by its id alone. */
async function placesOf(tx: Transaction, ids: string[]): Promise<Place[]> {
  const owners = await tx.stripeObjectOwner.findMany({
    where: { stripeId: { in: ids } },
  });
  return owners.map(({ stripeId: id, tenantId }) => ({ tenantId, id }));
}

/** Pure. No row of ours at all differs by existing. */
export function differences(
  ours: Facts | undefined,
  stripes: Facts,
): Difference[] {
  if (!ours) return [{ field: "row", ours: "none", stripes: "exists" }];
  return Object.entries(stripes)
    .filter(([field, value]) => text(ours[field]) !== text(value))
    .map(([field, value]) => ({
      field,
      ours: text(ours[field]),
      stripes: text(value),
    }));
}

/** Order and kind of number make no difference. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "bigint") return String(part);
    return Array.isArray(part) ? part.map((one) => text(one)).toSorted() : part;
  });
}

/** Written down before it is mended, so that a repair leaves a trace. */
export async function recordDrift(drift: Drift): Promise<string> {
  const { id: objectId, differences: fields } = drift;
  const row = await systemDb("drift found", (tx) =>
    tx.drift.create({
      data: { objectId, fields },
    }),
  );
  return row.id;
}

export async function markMended(id: string): Promise<void> {
  await systemDb("drift mended", (tx) =>
    tx.drift.update({ where: { id }, data: { mendedAt: new Date() } }),
  );
}
