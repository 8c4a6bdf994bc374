/** Records of one kind in creation order, with secondary indexes kept in the same order. */
export type Bucket<T extends { id: string }> = {
  records: Map<string, { seq: number; value: T }>;
  order: string[];
  keysOf: Record<string, (value: T) => (string | null | undefined)[]>;
  indexes: Map<string, string[]>;
};

export function bucket<T extends { id: string }>(
  keysOf: Bucket<T>["keysOf"] = {},
): Bucket<T> {
  return { records: new Map(), order: [], keysOf, indexes: new Map() };
}

export function putRecord<T extends { id: string }>(
  into: Bucket<T>,
  value: T,
  seq: number,
): void {
  const known = into.records.get(value.id);
  const place = known?.seq ?? seq;
  const before = new Set(known ? indexKeys(into, known.value) : []);
  into.records.set(value.id, { seq: place, value });
  if (!known) insertInOrder(into, into.order, value.id, place);
  for (const key of indexKeys(into, value)) {
    if (before.delete(key)) continue;
    let ids = into.indexes.get(key);
    if (!ids) into.indexes.set(key, (ids = []));
    insertInOrder(into, ids, value.id, place);
  }
  for (const key of before) dropFromIndex(into, key, value.id, place);
}

export function removeRecord<T extends { id: string }>(
  from: Bucket<T>,
  id: string,
): void {
  const known = from.records.get(id);
  if (!known) return;
  for (const key of indexKeys(from, known.value))
    dropFromIndex(from, key, id, known.seq);
  from.order.splice(positionOf(from, from.order, known.seq), 1);
  from.records.delete(id);
}

/** Oldest first; the array is the store's own, so callers must not keep or change it. */
export function indexedIds<T extends { id: string }>(
  from: Bucket<T>,
  by?: { index: string; key: string },
): readonly string[] {
  if (!by) return from.order;
  if (!from.keysOf[by.index]) throw new Error(`no index called ${by.index}`);
  return from.indexes.get(indexKey(by.index, by.key)) ?? [];
}

/** Where a record of this age stands or would stand: a binary search, so cost stays flat. */
export function positionOf<T extends { id: string }>(
  within: Bucket<T>,
  ids: readonly string[],
  seq: number,
): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const id = ids[middle];
    const age = id === undefined ? undefined : within.records.get(id)?.seq;
    if (age !== undefined && age < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insertInOrder<T extends { id: string }>(
  within: Bucket<T>,
  ids: string[],
  id: string,
  seq: number,
): void {
  const last = ids.at(-1);
  const newest =
    last === undefined ? -1 : (within.records.get(last)?.seq ?? -1);
  if (newest < seq) ids.push(id);
  else ids.splice(positionOf(within, ids, seq), 0, id);
}

function dropFromIndex<T extends { id: string }>(
  from: Bucket<T>,
  key: string,
  id: string,
  seq: number,
): void {
  const ids = from.indexes.get(key);
  if (!ids) return;
  const at = positionOf(from, ids, seq);
  if (ids[at] === id) ids.splice(at, 1);
  if (ids.length === 0) from.indexes.delete(key);
}

function indexKeys<T extends { id: string }>(
  from: Bucket<T>,
  value: T,
): string[] {
  return Object.entries(from.keysOf).flatMap(([index, keys]) =>
    keys(value).flatMap((key) => (key ? [indexKey(index, key)] : [])),
  );
}

function indexKey(index: string, key: string): string {
  return `${index}\n${key}`;
}
