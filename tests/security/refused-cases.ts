import { everyRoute, type Route } from "@/tests/support/every-route";
import { jsonSchemaOf, sampleOf } from "@/tests/support/sample-input";
import { hostileValues, unknownFields } from "./hostile-values";
import { paramsOf, requestOf, type Parts } from "./request-of";
import type { Case, Site } from "./site";

/** Every route with everything that may be wrong with a request, from somebody who may make it. */
export async function refusedCases(site: Site): Promise<Case[]> {
  const routes = await everyRoute();
  return [
    ...routes.flatMap((route) => transport(site, route)),
    ...routes.flatMap((route) => fields(site, route)),
    ...methods(routes),
  ];
}

/** Somebody whom the route's policy lets through to where its input is judged. */
export function headersFor(
  site: Site,
  { description }: Route,
): Record<string, string> {
  const caller = description?.policy.caller;
  const cookie =
    caller === "anyone" || caller === "cron" || caller === "stripe"
      ? ""
      : site.cookies[caller === "staff" ? "staff" : "owner"];
  return { origin: site.origin, ...(cookie && { cookie }) };
}

const types = [
  "",
  "text/plain",
  "text/plain;charset=UTF-8",
  "multipart/form-data; boundary=x",
  "application/json; charset=utf-16",
  "application/json; charset=iso-8859-1",
  "application/json, text/plain",
  "application/json; charset=utf-8; charset=utf-16",
  "application/problem+json",
  "application/xml",
  "application/octet-stream",
];

const bodies: readonly [string, string | Uint8Array, number][] = [
  ["nothing", "", 400],
  ["half an object", "{", 400],
  ["an object that does not end", '{"a":', 400],
  ["two objects", "{}{}", 400],
  ["a comma too many", '{"a":1,}', 400],
  ["a comment", "{/* */}", 400],
  ["NaN", '{"a":NaN}', 400],
  ["bytes that are no text", new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 400],
  ["an overlong slash", new Uint8Array([0x22, 0xc0, 0xaf, 0x22]), 400],
  ["a byte-order mark", "\ufeff{}", 400],
  ["null", "null", 422],
  ["true", "true", 422],
  ["a number", "42", 422],
  ["a text", '"x"', 422],
  ["a list", "[]", 422],
  ["a deep list", `${"[".repeat(8000)}${"]".repeat(8000)}`, 422],
  ["a deep object", `${'{"a":'.repeat(2500)}1${"}".repeat(2500)}`, 422],
  ["a thousand keys", JSON.stringify(keys(1000)), 422],
  ["a key twice", '{"tenantId":"a","tenantId":"b"}', 422],
  ["a prototype", '{"__proto__":{"role":"owner"}}', 422],
  ["16 KiB and a byte", `{"a":"${"x".repeat(16_385 - 8)}"}`, 413],
  ["a megabyte", `{"a":"${"x".repeat(1_048_576)}"}`, 413],
];

function transport(site: Site, route: Route): Case[] {
  if (route.description?.takes !== "body") return [];
  const parts = requestOf(route, {}, headersFor(site, route));
  const one = (
    name: string,
    change: Partial<Parts> | { body: Uint8Array },
    status: number,
  ): Case => ({
    ...parts,
    ...change,
    name: `${route.method} ${route.path}: ${name}`,
    expect: { status, code: codeOf(status) },
  });
  const withType = (type: string) => ({
    headers: { ...parts.headers, "content-type": type },
  });
  return [
    ...types.map((type) => one(`type ${type || "none"}`, withType(type), 415)),
    one(
      "compressed",
      { headers: { ...parts.headers, "content-encoding": "gzip" } },
      415,
    ),
    one(
      "a form with a field twice",
      { ...withType("application/x-www-form-urlencoded"), body: "a=1&a=2" },
      422,
    ),
    ...bodies.map(([name, body, status]) =>
      one(`a body of ${name}`, { body } as { body: string }, status),
    ),
  ];
}

function codeOf(status: number): string {
  switch (status) {
    case 400:
      return "invalid_json";
    case 413:
      return "body_too_large";
    case 415:
      return "unsupported_media_type";
    default:
      return "validation";
  }
}

/** Each field with each value that its schema refuses, and each field that is none. */
function fields(site: Site, route: Route): Case[] {
  const { description } = route;
  const input = description?.input;
  if (!input) return [];
  const inPath = new Set(paramsOf(route));
  const known = Object.keys(jsonSchemaOf(input).properties ?? {});
  const sample = sampleOf(input);
  const wishes = [
    ...known
      .filter((name) => !inPath.has(name))
      .flatMap((name, index) =>
        // A third each, another third for the next field: all of them come to every kind of field.
        hostileValues
          .filter((_, at) => (at + index) % 3 === 0)
          .map((value) => [name, value] as const),
      ),
    ...unknownFields.filter(([name]) => !known.includes(name)),
  ];
  return wishes.flatMap(([name, value]) => {
    const asked = { ...sample, [name]: value };
    const wish = description.takes === "query" ? texts(asked) : asked;
    if (input.safeParse(wish).success) return [];
    return [withInput(site, route, wish, `${name} = ${short(value)}`)];
  });
}

/** As a query has it: text alone. */
function texts(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

function withInput(
  site: Site,
  route: Route,
  input: Record<string, unknown>,
  name: string,
): Case {
  const parts = requestOf(route, {}, headersFor(site, route));
  const rest = Object.fromEntries(
    Object.entries(input).filter(
      ([field]) => !Object.hasOwn(parts.params, field),
    ),
  );
  const isQuery = route.description?.takes === "query";
  const [path = ""] = parts.path.split("?");
  return {
    ...parts,
    ...(isQuery
      ? {
          path: `${path}?${new URLSearchParams(rest as Record<string, string>)}`,
        }
      : { body: JSON.stringify(rest) }),
    name: `${route.method} ${route.path}: ${name}`,
    expect: { status: 422, code: "validation" },
  };
}

/** Methods that an address does not have. */
function methods(routes: readonly Route[]): Case[] {
  const paths = new Map<string, Route[]>();
  for (const route of routes)
    paths.set(route.path, [...(paths.get(route.path) ?? []), route]);
  return [...paths].flatMap(([path, its]) => {
    const [first] = its;
    if (!first) return [];
    const own = its.map(({ method }) => method);
    const parts = requestOf(first, {});
    const [address = ""] = parts.path.split("?");
    return ["GET", "POST", "PUT", "PATCH", "DELETE"]
      .filter((method) => !own.includes(method))
      .map((method) => ({
        name: `${method} ${path}: no such method`,
        method,
        path: address,
        headers: {},
        expect: { status: 405 },
      }));
  });
}

function keys(many: number) {
  return Object.fromEntries(
    Array.from({ length: many }, (_, index) => [`key${index}`, 1]),
  );
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 60 ? `${text.slice(0, 57)}…${text.length}` : text;
}
