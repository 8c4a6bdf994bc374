import { invalidRequest, missingParam, notBuilt } from "./errors";
import type { FormValue } from "./form-body";
import {
  join,
  readShape,
  unknownNames,
  type Kind,
  type Parsed,
  type Shape,
} from "./shape";

function optional<T>(
  parse: (raw: FormValue, at: string) => T,
): Kind<T | undefined> {
  return { missing: () => undefined, parse, unknown: () => [] };
}

function word(raw: FormValue, at: string): string {
  if (typeof raw !== "string")
    throw invalidRequest("Invalid string", { param: at });
  if (raw === "") {
    throw invalidRequest(
      `You passed an empty string for '${at}'. We assume empty values are an attempt to unset a parameter; however '${at}' cannot be unset. You should remove '${at}' from your request or supply a non-empty value.`,
      { code: "parameter_invalid_empty", param: at },
    );
  }
  return raw;
}

export function string(max = 5000): Kind<string | undefined> {
  return optional((raw, at) => {
    const text = word(raw, at);
    if (text.length <= max) return text;
    const shown = `${text.slice(0, 4)}...${text.slice(-4)}`;
    throw invalidRequest(
      `Invalid string: ${shown}; must be at most ${max} characters`,
      {
        param: at,
      },
    );
  });
}

export function email(): Kind<string | undefined> {
  return optional((raw, at) => {
    const text = word(raw, at);
    if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) && text.length <= 512)
      return text;
    throw invalidRequest(`Invalid email address: ${text}`, {
      code: "email_invalid",
      param: at,
    });
  });
}

export function url(): Kind<string | undefined> {
  return optional((raw, at) => {
    const text = word(raw, at);
    // Checkout's template is legal in a URL here although braces are not.
    if (/^https?:\/\/\S+$/.test(text) && URL.canParse(text)) return text;
    throw invalidRequest("Not a valid URL", { code: "url_invalid", param: at });
  });
}

export function integer(
  range: { min?: number; max?: number } = {},
): Kind<number | undefined> {
  return optional((raw, at) => {
    const text = word(raw, at);
    const details = { code: "parameter_invalid_integer", param: at };
    if (!/^-?\d{1,15}$/.test(text))
      throw invalidRequest(`Invalid integer: ${text}`, details);
    const value = Number(text);
    if (range.min !== undefined && value < range.min) {
      throw invalidRequest(
        `This value must be greater than or equal to ${range.min}.`,
        details,
      );
    }
    if (range.max !== undefined && value > range.max) {
      throw invalidRequest(
        `This value must be less than or equal to ${range.max}.`,
        details,
      );
    }
    return value;
  });
}

export function boolean(): Kind<boolean | undefined> {
  return optional((raw, at) => {
    const text = word(raw, at);
    if (text === "true") return true;
    if (text === "false") return false;
    throw invalidRequest(`Invalid boolean: ${text}`, { param: at });
  });
}

export function oneOf<const T extends string>(
  ...allowed: T[]
): Kind<T | undefined> {
  return optional((raw, at) => {
    const text = word(raw, at);
    const found = allowed.find((value) => value === text);
    if (found) return found;
    const names =
      allowed.length < 2
        ? allowed.join("")
        : `${allowed.slice(0, -1).join(", ")}${allowed.length > 2 ? "," : ""} or ${allowed.at(-1)}`;
    throw invalidRequest(`Invalid ${at}: must be one of ${names}`, {
      param: at,
    });
  });
}

export function object<S extends Shape>(shape: S): Kind<Parsed<S> | undefined> {
  return {
    missing: () => undefined,
    parse(raw, at) {
      if (typeof raw === "string")
        throw invalidRequest("Invalid object", { param: at });
      return readShape(shape, raw, at);
    },
    unknown: (raw, at) =>
      typeof raw === "string" ? [] : unknownNames(shape, raw, at),
  };
}

export function array<T>(
  kind: Kind<T>,
): Kind<Exclude<T, undefined>[] | undefined> {
  return {
    missing: () => undefined,
    parse(raw, at) {
      if (
        typeof raw === "string" ||
        [...raw.keys()].some((key) => !/^\d+$/.test(key))
      ) {
        throw invalidRequest("Invalid array", { param: at });
      }
      const sorted = [...raw].sort(([a], [b]) => Number(a) - Number(b));
      return sorted
        .map(([key, value]) => kind.parse(value, join(at, key)))
        .filter((value): value is Exclude<T, undefined> => value !== undefined);
    },
    unknown: (raw, at) =>
      typeof raw === "string"
        ? []
        : [...raw].flatMap(([key, value]) =>
            kind.unknown(value, join(at, key)),
          ),
  };
}

export function required<T>(kind: Kind<T>): Kind<Exclude<T, undefined>> {
  const refuse = (at: string): never => {
    throw missingParam(at);
  };
  return {
    ...kind,
    missing: refuse,
    parse: (raw, at) => {
      const value = kind.parse(raw, at);
      return value === undefined
        ? refuse(at)
        : (value as Exclude<T, undefined>);
    },
  };
}

/** An empty value unsets: it arrives as null. */
export function unsettable<T>(kind: Kind<T>): Kind<T | null> {
  return {
    ...kind,
    parse: (raw, at) => (raw === "" ? null : kind.parse(raw, at)),
  };
}

/** Values to merge; an empty one deletes its key; null clears all. */
export function metadata(): Kind<Record<string, string> | null | undefined> {
  return optional((raw, at) => {
    if (raw === "") return null;
    if (typeof raw === "string")
      throw invalidRequest("Invalid object", { param: at });
    return Object.fromEntries(
      [...raw].map(([key, value]) => {
        if (key.length > 40) {
          throw invalidRequest(
            `Metadata keys can have up to 40 characters, but you passed in a key that is ${key.length} characters. Invalid key: ${key}`,
            { param: at },
          );
        }
        if (typeof value !== "string")
          throw invalidRequest("Invalid string", { param: `${at}[${key}]` });
        if (value.length > 500) {
          throw invalidRequest(
            `Metadata values can have up to 500 characters, but you passed in a value that is ${value.length} characters. Invalid value: ${value}`,
            { param: at },
          );
        }
        return [key, value];
      }),
    );
  });
}

export { mergeMetadata } from "./metadata";

/** `created=1` or `created[gte]=1`. */
export type Range = { gt?: number; gte?: number; lt?: number; lte?: number };
export function range(): Kind<Range | undefined> {
  const bounds = object({
    gt: integer(),
    gte: integer(),
    lt: integer(),
    lte: integer(),
  });
  return {
    ...bounds,
    parse(raw, at) {
      if (typeof raw !== "string") return bounds.parse(raw, at);
      const exact = integer().parse(raw, at);
      return { gte: exact, lte: exact };
    },
  };
}

/** Exists at Stripe; refused with 501 when given. */
export function unbuilt(): Kind<undefined> {
  return optional((raw, at): undefined => {
    if (raw === "") return undefined;
    throw notBuilt(`the parameter ${at}`);
  });
}

/** Removed from the API: refused with its own code. */
export function removed(code: string, message: string): Kind<undefined> {
  return optional((_raw, at): undefined => {
    throw invalidRequest(message, { code, param: at });
  });
}
