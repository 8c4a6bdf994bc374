import fs from "node:fs";
import path from "node:path";
import { readJournal, replaceFile } from "./journal";
import { allKinds, type Kind, type Records } from "./records";
import type { Store } from "./store";

type Kept = { [K in Kind]: { kind: K; value: Records[K] } }[Kind];

/** Everything that is stored, the moved clock included, under a name; another of that name is replaced. */
export function saveSnapshot(store: Store, file: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  replaceFile(file, linesOf(store));
}

function* linesOf(store: Store): Generator<string> {
  for (const kind of allKinds())
    for (const value of store.all(kind)) yield JSON.stringify({ kind, value });
}

/** All of it as it was, in one transaction; false where there is no such snapshot. */
export function restoreSnapshot(store: Store, file: string): boolean {
  if (!fs.existsSync(file)) return false;
  store.transact(() => {
    store.clear(allKinds());
    readJournal(file, (line) => {
      // Only saveSnapshot writes these files, each whole.
      const { kind, value } = JSON.parse(line) as Kept;
      store.put(kind, value);
    });
  });
  return true;
}
