import { hostileValues, unknownFields } from "./hostile-values";
import { headersFor } from "./refused-cases";
import { requestOf, type Parts } from "./request-of";
import { judge, problemOf } from "./judge";
import type { Case, Site } from "./site";
import type { Route } from "@/tests/support/every-route";

/** Every refusal that a generated request may meet. */
const refusals = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429];

type Random = () => number;

/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A request with at least one thing wrong with it, of whatever kind; so it must be refused and change nothing. */
export function fuzzCase(
  site: Site,
  routes: readonly Route[],
  random: Random,
): Case {
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(random() * list.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  };
  const route = pick(routes);
  const flaws = flawsOf(route);
  let parts: Wrong = requestOf(route, {}, headersFor(site, route));
  const names: string[] = [];
  for (let n = 1 + Math.floor(random() * 3); n > 0; n -= 1) {
    const flaw = pick(flaws);
    parts = flaw(parts, { site, route, pick, random });
    names.push(flaw.name);
  }
  // What comes last is certainly wrong, and stays so.
  const fatal = pick(
    route.method === "GET" ? fatalForReading : fatalForWriting,
  );
  parts = fatal(parts, { site, route, pick, random });
  return {
    ...parts,
    name: `${parts.method} ${parts.path.slice(0, 120)} ${[...names, fatal.name].join("+")}`,
    expect: { status: refusals },
  };
}

/** Beyond its status: a refusal of ours says why, in our words and nothing of the machine's. */
export function judgeFuzz(
  one: Case,
  answer: Parameters<typeof judge>[1],
): string | null {
  const fault = judge(one, answer);
  if (fault) return fault;
  // Next answers a method that is not there by itself, and without a body.
  if (answer.status === 405 && answer.text === "") return null;
  if (answer.status === 404 && answer.type.startsWith("text/html")) return null;
  if (!problemOf(answer)) return `no problem: ${answer.text.slice(0, 60)}`;
  const inside = /prisma|postgres|node_modules|at \w+ \(|SELECT |\bstack\b/i;
  return inside.test(answer.text) ? "tells of its inside" : null;
}

type Tools = {
  site: Site;
  route: Route;
  pick: <T>(list: readonly T[]) => T;
  random: Random;
};
type Wrong = Omit<Parts, "body"> & { body?: string | Uint8Array };
type Flaw = (parts: Wrong, tools: Tools) => Wrong;

const withHeaders = (parts: Wrong, headers: Record<string, string>): Wrong => ({
  ...parts,
  headers: { ...parts.headers, ...headers },
});

const noise: Flaw = (parts, { pick }) =>
  withHeaders(
    parts,
    pick<Record<string, string>>([
      { "x-forwarded-host": "evil.example" },
      { "x-forwarded-proto": "http" },
      { "x-http-method-override": "DELETE" },
      { accept: "image/png" },
      { "x-middleware-subrequest": "proxy:proxy:proxy" },
      { rsc: "1" },
      { referer: "https://evil.example/" },
      { "accept-language": "x".repeat(2000) },
      { "idempotency-key": "\u00e9".repeat(3) },
      { "idempotency-key": "k".repeat(300) },
      { authorization: "Bearer undefined" },
      { "if-none-match": "*" },
      { range: "bytes=0-1" },
    ]),
  );

const otherPerson: Flaw = (parts, { site, pick }) =>
  withHeaders(parts, {
    cookie: pick(["", ...Object.values(site.cookies)]),
  });

const brokenSession: Flaw = (parts, { random }) => {
  const cookie = parts.headers["cookie"] ?? "";
  const at = Math.floor(random() * Math.max(1, cookie.length));
  return withHeaders(parts, {
    cookie: `${cookie.slice(0, at)}${cookie.slice(at + 1)}`,
  });
};

const hostileField: Flaw = (parts, { pick }) =>
  withField(parts, pick(Object.keys(fieldsOf(parts))), pick(hostileValues));

const hostilePath: Flaw = (parts, { pick }) => {
  const value = String(pick(hostileValues));
  const first = Object.values(parts.params)[0];
  if (!first) return parts;
  const encoded = value.isWellFormed() ? encodeURIComponent(value) : "x";
  const placed = encodeURIComponent(first);
  return { ...parts, path: parts.path.replace(placed, encoded || "-") };
};

const foreign: Flaw = (parts, { pick }) =>
  withHeaders(parts, {
    origin: pick([
      "https://evil.example",
      "null",
      "http://localhost.evil.example",
      "http://localhost:1",
      "file://",
      "x",
    ]),
  });

const wrongType: Flaw = (parts, { pick }) =>
  withHeaders(parts, {
    "content-type": pick([
      "text/plain",
      "multipart/form-data; boundary=x",
      "application/json; charset=utf-16",
      "application/json;;",
      "text/html",
      "application/x-ndjson",
    ]),
  });

const cutShort: Flaw = (parts, { random }) => {
  const body = typeof parts.body === "string" ? parts.body : "{}";
  return { ...parts, body: body.slice(0, Math.floor(random() * body.length)) };
};

const badBytes: Flaw = (parts, { random }) => {
  const bytes = Buffer.from(typeof parts.body === "string" ? parts.body : "{}");
  const at = Math.floor(random() * bytes.length);
  const after = bytes.subarray(at);
  return {
    ...parts,
    body: Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), after]),
  };
};

const unknownField: Flaw = (parts, { pick }) => {
  const [name, value] = pick(unknownFields);
  return withField(parts, `${name}_`, value);
};

const tooLarge: Flaw = (parts, { random }) =>
  withField(
    parts,
    "filler_",
    "x".repeat(20_000 + Math.floor(random() * 50_000)),
  );

const noMethod: Flaw = (parts, { pick }) => ({
  ...parts,
  method: pick(["PUT", "PATCH", "DELETE"]),
});

const notAnObject: Flaw = (parts, { pick }) => ({
  ...parts,
  body: pick(["null", "[]", "42", '"x"', "true", "[{}]"]),
});

const flawsForAll = [noise, otherPerson, brokenSession, hostilePath];
const fatalForWriting: readonly Flaw[] = [
  foreign,
  wrongType,
  cutShort,
  badBytes,
  unknownField,
  tooLarge,
  noMethod,
  notAnObject,
];
const fatalForReading: readonly Flaw[] = [noMethod, unknownQuery];

function flawsOf(route: Route): readonly Flaw[] {
  return route.method === "GET" ? flawsForAll : [...flawsForAll, hostileField];
}

function unknownQuery(parts: Wrong, { pick }: Tools): Wrong {
  const [name, value] = pick(unknownFields);
  const text = encodeURIComponent(JSON.stringify(value));
  const and = parts.path.includes("?") ? "&" : "?";
  return { ...parts, path: `${parts.path}${and}${name}_=${text}` };
}

function fieldsOf({ body }: Wrong): Record<string, unknown> {
  const fields =
    typeof body === "string"
      ? (JSON.parse(body) as Record<string, unknown>)
      : {};
  return Object.keys(fields).length > 0 ? fields : { tenantId: "" };
}

function withField(parts: Wrong, name: string, value: unknown): Wrong {
  return {
    ...parts,
    body: JSON.stringify({ ...fieldsOf(parts), [name]: value }),
  };
}
