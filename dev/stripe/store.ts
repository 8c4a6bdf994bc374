import path from "node:path";
import { indexedIds, positionOf, putRecord, removeRecord } from "./bucket";
import { openJournal, readJournal } from "./journal";
import { allKinds, createBuckets, type Kind, type Records } from "./records";

type Change =
  | { put: Kind; value: Records[Kind] }
  | { remove: Kind; id: string }
  | { clear: Kind[] };
type By = { index: string; key: string };

/** Values are never changed in place: an update puts a new one under the same id. */
export type Store = {
  get<K extends Kind>(kind: K, id: string): Records[K] | undefined;
  put<K extends Kind>(kind: K, value: Records[K]): void;
  remove<K extends Kind>(kind: K, id: string): void;
  clear(kinds: Kind[]): void;
  /** Oldest first, optionally those an index holds under a key. */
  ids<K extends Kind>(kind: K, by?: By): readonly string[];
  hasIndex(kind: Kind, index: string): boolean;
  isUnder<K extends Kind>(kind: K, by: By, value: Records[K]): boolean;
  /** Where a record stands in `ids`, or undefined if it does not exist. */
  position<K extends Kind>(kind: K, id: string, by?: By): number | undefined;
  /** Ids created after a mark, and the mark to ask with next; cheap however much is stored. */
  since<K extends Kind>(kind: K, mark: number): { ids: string[]; mark: number };
  all<K extends Kind>(kind: K, by?: By): Records[K][];
  /** What was put since this was last asked, undone puts included; at first all that was read. */
  touched(): { kind: Kind; id: string }[];
  /** All or nothing, in memory and on disk: one line of the journal, written before it returns. */
  transact<T>(work: () => T): T;
  /** Inside a transaction: undoes what `work` did if it throws, and throws on. */
  attempt<T>(work: () => T): T;
  close(): void;
};

export function openStore(dataDir: string): Store {
  const file = path.join(dataDir, "journal.jsonl");
  const buckets = createBuckets();
  let sequence = 0;
  let changes: Change[] | undefined;
  let undo: (() => void)[] = [];
  let touched: { kind: Kind; id: string }[] = [];

  function write<K extends Kind>(kind: K, value: Records[K]): void {
    putRecord(buckets[kind], value, (sequence += 1));
    touched.push({ kind, id: value.id });
  }
  function drop<K extends Kind>(kind: K, id: string): void {
    removeRecord(buckets[kind], id);
  }
  function apply(change: Change): void {
    if ("put" in change) write(change.put, change.value);
    else if ("remove" in change) drop(change.remove, change.id);
    else
      for (const kind of change.clear)
        Object.assign(buckets, { [kind]: createBuckets()[kind] });
  }
  function* snapshot(): Generator<string> {
    for (const kind of allKinds()) {
      for (const value of all(kind))
        yield JSON.stringify([{ put: kind, value }]);
    }
  }
  function all<K extends Kind>(kind: K, by?: By): Records[K][] {
    return indexedIds(buckets[kind], by).flatMap((id) => {
      const record = buckets[kind].records.get(id);
      return record ? [record.value] : [];
    });
  }

  readJournal(file, (line) => {
    // Only this store writes the journal, and only whole lines are read back.
    for (const change of JSON.parse(line) as Change[]) {
      if (!("put" in change) || change.put in buckets) apply(change);
    }
  });
  const journal = openJournal(file, snapshot());

  function record(change: Change, revert: () => void): void {
    if (!changes) return transact(() => record(change, revert));
    apply(change);
    changes.push(change);
    undo.push(revert);
  }

  function attempt<T>(work: () => T): T {
    const begun = undo.length;
    const kept = changes?.length ?? 0;
    try {
      return work();
    } catch (error) {
      for (const revert of undo.splice(begun).reverse()) revert();
      changes?.splice(kept);
      throw error;
    }
  }

  function transact<T>(work: () => T): T {
    if (changes) return work();
    changes = [];
    undo = [];
    try {
      const result = work();
      if (changes.length > 0) journal.append(JSON.stringify(changes));
      return result;
    } catch (error) {
      for (const revert of undo.reverse()) revert();
      throw error;
    } finally {
      changes = undefined;
    }
  }

  return {
    get: (kind, id) => buckets[kind].records.get(id)?.value,
    put(kind, value) {
      const before = buckets[kind].records.get(value.id)?.value;
      record({ put: kind, value }, () =>
        before ? write(kind, before) : drop(kind, value.id),
      );
    },
    remove(kind, id) {
      const before = buckets[kind].records.get(id);
      if (!before) return;
      record({ remove: kind, id }, () =>
        putRecord(buckets[kind], before.value, before.seq),
      );
    },
    clear(doomed) {
      const before = doomed.map((kind) => [kind, buckets[kind]]);
      record({ clear: doomed }, () => {
        Object.assign(buckets, Object.fromEntries(before));
      });
    },
    hasIndex: (kind, index) => Object.hasOwn(buckets[kind].keysOf, index),
    isUnder: (kind, { index, key }, value) =>
      buckets[kind].keysOf[index]?.(value).includes(key) ?? false,
    ids: (kind, by) => indexedIds(buckets[kind], by),
    position(kind, id, by) {
      const record = buckets[kind].records.get(id);
      return (
        record &&
        positionOf(buckets[kind], indexedIds(buckets[kind], by), record.seq)
      );
    },
    since(kind, mark) {
      const { order } = buckets[kind];
      const from = positionOf(buckets[kind], order, mark + 1);
      return { ids: order.slice(from), mark: sequence };
    },
    all,
    touched() {
      const seen = touched;
      touched = [];
      return seen;
    },
    transact,
    attempt,
    close: () => journal.close(),
  };
}
