import { invalidRequest } from "./errors";
import type { FormTree, FormValue } from "./form-body";

/** How one parameter is read: its absence, its value, and the unknown names inside it. */
export type Kind<T> = {
  missing(at: string): T;
  parse(raw: FormValue, at: string): T;
  unknown(raw: FormValue, at: string): string[];
};
export type Shape = Record<string, Kind<unknown>>;
export type Parsed<S extends Shape> = {
  [K in keyof S]: S[K] extends Kind<infer T> ? T : never;
};

/** Refuses unknown names first, then reads in declared order, as Stripe does. */
export function parseParams<S extends Shape>(
  shape: S,
  tree: FormTree,
): Parsed<S> {
  const [stranger] = unknownNames(shape, tree, "");
  if (stranger) {
    throw invalidRequest(`Received unknown parameter: ${stranger}`, {
      code: "parameter_unknown",
      param: stranger,
    });
  }
  return readShape(shape, tree, "");
}

export function unknownNames(
  shape: Shape,
  tree: FormTree,
  at: string,
): string[] {
  return [...tree].flatMap(([name, value]) => {
    const path = join(at, name);
    const kind = Object.hasOwn(shape, name) ? shape[name] : undefined;
    return kind ? kind.unknown(value, path) : [path];
  });
}

export function readShape<S extends Shape>(
  shape: S,
  tree: FormTree,
  at: string,
): Parsed<S> {
  const values = Object.entries(shape).map(([name, kind]) => {
    const raw = tree.get(name);
    const path = join(at, name);
    return [
      name,
      raw === undefined ? kind.missing(path) : kind.parse(raw, path),
    ];
  });
  // Guaranteed by construction: each entry was read by the kind of its own name.
  return Object.fromEntries(values) as Parsed<S>;
}

export function join(at: string, name: string): string {
  return at === "" ? name : `${at}[${name}]`;
}
