/**
 * A type of Stripe's wire in JSON: a primitive by name, `Name` of a definition, or a composite.
 * `integer` is any number that Stripe reads as one; `decimal` is a number in a string.
 */
export type Type =
  | string
  | { either: Type[] }
  | { list: Type }
  | { map: Type }
  | { one: string[] }
  | { page: Type };

/** Fields by name; one that may be absent ends in `?`. */
export type Definition = Record<string, Type>;

export type ContractOperation = {
  name: string;
  verb: "DELETE" | "GET" | "POST";
  path: string;
  /** Absent where the emulator builds nothing of the family. */
  params?: string;
  answer?: Type;
};

export function renamed(type: Type, names: Map<string, string>): Type {
  if (typeof type === "string") return names.get(type) ?? type;
  if ("either" in type)
    return { either: type.either.map((one) => renamed(one, names)) };
  if ("list" in type) return { list: renamed(type.list, names) };
  if ("map" in type) return { map: renamed(type.map, names) };
  if ("page" in type) return { page: renamed(type.page, names) };
  return type;
}
