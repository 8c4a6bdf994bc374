import fs from "node:fs";
import type { ContractOperation, Definition, Type } from "./shape";

/** Every operation of the pinned SDK; only built families have parameters and answers. */
export const operations = read<ContractOperation[]>("operations.json");

const shapes = new Map(
  Object.entries(read<Record<string, Definition>>("shapes.json")),
);

/** A definition's fields, or undefined for what is no definition. */
export function fieldsOf(type: Type): Definition | undefined {
  return typeof type === "string" ? shapes.get(type) : undefined;
}

const byObject = new Map<string, Type[]>();
for (const [name, { object }] of shapes) {
  if (typeof object !== "object" || !("one" in object)) continue;
  const [kind = ""] = object.one;
  byObject.set(kind, [...(byObject.get(kind) ?? []), name]);
}

/** What an object may be by the kind it says it is (`customer`: living or deleted). */
export function typeOfObject(kind: string): Type | undefined {
  const choice = byObject.get(kind);
  return choice && { either: choice };
}

// Written by generate.ts in exactly this form; a test compares the files with what it writes.
function read<T>(file: string): T {
  const text = fs.readFileSync(new URL(file, import.meta.url), "utf8");
  return JSON.parse(text) as T;
}
