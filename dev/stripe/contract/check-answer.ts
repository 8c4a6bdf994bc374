import { fieldsOf, typeOfObject } from "./load";
import type { Type } from "./shape";

/** Sent by Stripe although the SDK's types omit them. */
const UNTYPED: Record<string, string[]> = {
  charge: ["destination", "dispute", "order"],
  subscription: ["plan", "quantity"],
  subscription_item: ["plan"],
};

/** What an answer says that Stripe's could not, or the first field it lacks; nothing if it keeps the contract. */
export function complaintsOf(
  type: Type,
  value: unknown,
  at = "answer",
): string[] {
  if (typeof type === "string") {
    const fields = fieldsOf(type);
    if (fields) return ofFields(fields, value, at);
    return isPrimitive(type, value)
      ? []
      : [`${at} is not ${type}: ${shown(value)}`];
  }
  if ("one" in type)
    return typeof value === "string" && type.one.includes(value)
      ? []
      : [
          `${at} is none of ${type.one.slice(0, 8).join(", ")}: ${shown(value)}`,
        ];
  if ("either" in type) return ofChoice(type.either, value, at);
  if ("list" in type) {
    if (!Array.isArray(value)) return [`${at} is no list: ${shown(value)}`];
    return value.flatMap((each, n) =>
      complaintsOf(type.list, each, `${at}[${n}]`),
    );
  }
  if (!isObject(value)) return [`${at} is no object: ${shown(value)}`];
  if ("map" in type)
    return Object.entries(value).flatMap(([key, each]) =>
      complaintsOf(type.map, each, `${at}.${key}`),
    );
  return ofPage(type.page, value, at);
}

/** Checks an object of any kind by the kind it names; kinds without a shape pass. */
export function complaintsOfObject(value: unknown): string[] {
  const kind =
    isObject(value) && typeof value["object"] === "string"
      ? value["object"]
      : "";
  const type = typeOfObject(kind);
  return type ? complaintsOf(type, value, kind) : [];
}

function ofFields(
  fields: Record<string, Type>,
  value: unknown,
  at: string,
): string[] {
  if (!isObject(value)) return [`${at} is no object: ${shown(value)}`];
  const left = new Set(Object.keys(value));
  const wrong: string[] = [];
  for (const [field, type] of Object.entries(fields)) {
    const optional = field.endsWith("?");
    const name = optional ? field.slice(0, -1) : field;
    left.delete(name);
    const given = value[name];
    if (given !== undefined)
      wrong.push(...complaintsOf(type, given, `${at}.${name}`));
    else if (!optional) wrong.push(`${at}.${name} is missing`);
  }
  const kind = typeof value["object"] === "string" ? value["object"] : "";
  for (const name of UNTYPED[kind] ?? []) left.delete(name);
  return [...wrong, ...[...left].map((name) => `${at}.${name} is unknown`)];
}

function ofPage(
  type: Type,
  page: Record<string, unknown>,
  at: string,
): string[] {
  const { object, data, has_more, url, total_count, ...rest } = page;
  return [
    ...(object === "list" &&
    typeof has_more === "boolean" &&
    typeof url === "string"
      ? []
      : [`${at} is no page`]),
    ...(total_count === undefined || Number.isInteger(total_count)
      ? []
      : [`${at}.total_count is no integer`]),
    ...Object.keys(rest).map((name) => `${at}.${name} is unknown`),
    ...complaintsOf({ list: type }, data, `${at}.data`),
  ];
}

/** Of the forms it may take, the complaints of the one it comes closest to. */
function ofChoice(choice: Type[], value: unknown, at: string): string[] {
  let closest: string[] | undefined;
  for (const type of choice) {
    const wrong = complaintsOf(type, value, at);
    if (wrong.length === 0) return [];
    const fits =
      isObject(value) ===
      (typeof type === "object"
        ? !("one" in type)
        : fieldsOf(type) !== undefined);
    if (fits && (!closest || wrong.length < closest.length)) closest = wrong;
  }
  return closest ?? [`${at} has no form it may have: ${shown(value)}`];
}

function isPrimitive(type: string, value: unknown): boolean {
  switch (type) {
    case "any":
      return true;
    case "integer":
      return Number.isInteger(value);
    case "number":
      return typeof value === "number";
    case "decimal":
      return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value);
    case "null":
      return value === null;
    case "true":
      return value === true;
    case "false":
      return value === false;
    default:
      return typeof value === type;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "absent").slice(0, 80);
}
