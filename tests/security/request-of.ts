import type { Route } from "@/tests/support/every-route";
import { jsonSchemaOf, sampleOf } from "@/tests/support/sample-input";

export type Parts = {
  method: string;
  path: string;
  params: Record<string, string>;
  headers: Record<string, string>;
  body?: string;
};

/** Names in a route's address, in its own words. */
export function paramsOf({ path }: Route): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
}

/**
 * What a program of ours would send to this route: the least that its schema takes, as JSON or in the query. `given`
 * are fields of the path or of the body; those that the route does not know are left out.
 */
export function requestOf(
  route: Route,
  given: Readonly<Record<string, string>>,
  headers: Record<string, string> = {},
): Parts {
  const input = route.description?.input;
  const known = input ? Object.keys(jsonSchemaOf(input).properties ?? {}) : [];
  const fields = Object.fromEntries(
    Object.entries(given).filter(([name]) => known.includes(name)),
  );
  const sample = input ? sampleOf(input, fields) : {};
  const params = Object.fromEntries(
    paramsOf(route).map((name) => [
      name,
      textOf(sample[name]) ?? given[name] ?? "sample",
    ]),
  );
  const rest = Object.fromEntries(
    Object.entries(sample).filter(([name]) => !Object.hasOwn(params, name)),
  );
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ""),
  );
  const { method } = route;
  if (method === "GET") {
    const query = new URLSearchParams(rest as Record<string, string>);
    return {
      method,
      path: query.size > 0 ? `${path}?${query}` : path,
      params,
      headers,
    };
  }
  return {
    method,
    path,
    params,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(rest),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
