import { invalidRequest, missingParam, notBuilt } from "../errors";
import type { FormTree, FormValue } from "../form-body";
import { fieldsOf } from "./load";
import type { Type } from "./shape";

type Value =
  boolean | number | string | null | Value[] | { [name: string]: Value };
/** `items[0][price]` as Stripe names it, and `items[].price` as `built` does. */
type At = { param: string; path: string };
const ROOT: At = { param: "", path: "" };

/**
 * Reads a form as the contract says: unknown names are refused first, then values in declared order, then what
 * the emulator does not build (501). Empty values that may unset something become null.
 */
export function readParams(type: Type, form: FormTree, built: string): Value {
  const [stranger] = strangers(type, form, ROOT);
  if (stranger === "payment_method_types") {
    throw invalidRequest(
      "The parameter payment_method_types is no longer supported. Use allowed_payment_method_types, excluded_payment_method_types or payment_method_configuration instead.",
      { code: "payment_method_types_no_longer_supported", param: stranger },
    );
  }
  if (stranger) {
    throw invalidRequest(`Received unknown parameter: ${stranger}`, {
      code: "parameter_unknown",
      param: stranger,
    });
  }
  const value = read(type, form, ROOT);
  refuseUnbuilt(value, ROOT, builtPaths(built));
  return value;
}

function strangers(type: Type, raw: FormValue, at: At): string[] {
  if (typeof raw === "string") return [];
  const shape = pick(type, raw);
  if (typeof shape === "object" && "list" in shape)
    return [...raw].flatMap(([key, each]) =>
      strangers(shape.list, each, inside(at, key)),
    );
  const fields = fieldsOf(shape);
  if (!fields) return [];
  return [...raw].flatMap(([name, each]) => {
    const field = Object.hasOwn(fields, name)
      ? fields[name]
      : fields[`${name}?`];
    const below = inside(at, name);
    return name.endsWith("?") || field === undefined
      ? [below.param]
      : strangers(field, each, below);
  });
}

/** Of several forms a parameter may take, the one this value has. */
function pick(type: Type, raw: FormValue): Type {
  if (typeof type === "string" || !("either" in type)) return type;
  const choice = type.either.filter((one) => one !== "null");
  const suits = choice.find((one) =>
    typeof raw === "string"
      ? typeof one === "object" && "one" in one && one.one.includes(raw)
      : (fieldsOf(one) ?? (typeof one === "object" && !("one" in one))),
  );
  const plain = choice.find((one) => typeof one === "string" && !fieldsOf(one));
  return (
    suits ?? (typeof raw === "string" ? plain : undefined) ?? choice[0] ?? "any"
  );
}

function read(type: Type, raw: FormValue, at: At): Value {
  const nullable =
    typeof type === "object" &&
    "either" in type &&
    type.either.includes("null");
  if (raw === "" && nullable) return null;
  const one = pick(type, raw);
  const fields = fieldsOf(one);
  if (fields) return readFields(fields, raw, at);
  if (typeof one === "string") return readPrimitive(one, word(raw, at), at);
  if ("list" in one) return readList(one.list, raw, at);
  if ("map" in one) {
    if (typeof raw === "string") {
      // `metadata=` clears all of it.
      if (raw === "") return null;
      throw invalidRequest("Invalid object", { param: at.param });
    }
    return Object.fromEntries(
      [...raw].map(([key, each]) => [
        key,
        read(one.map, each, inside(at, key)),
      ]),
    );
  }
  return "one" in one ? readEnum(one.one, word(raw, at), at) : word(raw, at);
}

function readFields(
  fields: Record<string, Type>,
  raw: FormValue,
  at: At,
): Value {
  if (typeof raw === "string")
    throw invalidRequest("Invalid object", { param: at.param });
  const value: { [name: string]: Value } = {};
  for (const [field, type] of Object.entries(fields)) {
    const optional = field.endsWith("?");
    const name = optional ? field.slice(0, -1) : field;
    const below = inside(at, name);
    const given = raw.get(name);
    if (given !== undefined) value[name] = read(type, given, below);
    else if (!optional) throw missingParam(below.param);
  }
  return value;
}

function readList(type: Type, raw: FormValue, at: At): Value {
  const entries = typeof raw === "string" ? undefined : [...raw];
  if (!entries || entries.some(([key]) => !/^\d+$/.test(key)))
    throw invalidRequest("Invalid array", { param: at.param });
  return entries
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([key, each]) => read(type, each, inside(at, key)));
}

function readPrimitive(type: string, text: string, at: At): Value {
  const { param } = at;
  switch (type) {
    case "integer":
      if (/^-?\d{1,15}$/.test(text)) return Number(text);
      throw invalidRequest(`Invalid integer: ${text}`, {
        code: "parameter_invalid_integer",
        param,
      });
    case "number":
    case "decimal":
      if (!/^-?\d{1,15}(\.\d{1,12})?$/.test(text))
        throw invalidRequest(`Invalid decimal: ${text}`, {
          code: "parameter_invalid_decimal",
          param,
        });
      return type === "number" ? Number(text) : text;
    case "boolean":
      if (text === "true" || text === "false") return text === "true";
      throw invalidRequest(`Invalid boolean: ${text}`, { param });
    default:
      if (text.length <= 5000) return text;
      throw invalidRequest(
        `Invalid string: ${text.slice(0, 4)}...${text.slice(-4)}; must be at most 5000 characters`,
        { param },
      );
  }
}

function readEnum(allowed: string[], text: string, { param }: At): Value {
  if (allowed.includes(text)) return text;
  const [last = "", ...rest] = allowed.toReversed();
  const names =
    rest.length === 0
      ? last
      : `${rest.toReversed().join(", ")}${rest.length > 1 ? "," : ""} or ${last}`;
  throw invalidRequest(`Invalid ${param}: must be one of ${names}`, { param });
}

function word(raw: FormValue, { param }: At): string {
  if (typeof raw !== "string")
    throw invalidRequest("Invalid string", { param });
  if (raw !== "") return raw;
  throw invalidRequest(
    `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
    { code: "parameter_invalid_empty", param },
  );
}

function inside(at: At, name: string): At {
  const param = at.param === "" ? name : `${at.param}[${name}]`;
  if (/^\d+$/.test(name)) return { param, path: `${at.path}[]` };
  return { param, path: at.path === "" ? name : `${at.path}.${name}` };
}

/** Every path of `built`, each with the values it is built for, or null for all. */
function builtPaths(built: string): Map<string, string[] | null> {
  const paths = ["expand", ...built.split(/\s+/).filter(Boolean)].map(
    (entry) => {
      const [path = "", values] = entry.split("=");
      return [path, values?.split("|") ?? null] as const;
    },
  );
  return new Map(paths);
}

function refuseUnbuilt(
  value: Value,
  at: At,
  built: Map<string, string[] | null>,
): void {
  if (value === null) return;
  const values = built.get(at.path);
  if (values === null) return;
  if (values) {
    const text = typeof value === "object" ? "…" : String(value);
    if (values.includes(text)) return;
    throw notBuilt(`${at.param}=${text}`);
  }
  const below = typeof value === "object" ? Object.entries(value) : [];
  const partly = [...built.keys()].some(
    (path) =>
      at.path === "" ||
      path.startsWith(`${at.path}.`) ||
      path.startsWith(`${at.path}[]`),
  );
  if (!partly) throw notBuilt(`the parameter ${at.param}`);
  for (const [name, each] of below)
    refuseUnbuilt(each, inside(at, name), built);
}
