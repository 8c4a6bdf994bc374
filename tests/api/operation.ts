import type { RouteDescription } from "@/lib/platform/route-description";
import type { Route } from "../support/every-route";
import { open, partsOf, toJson, type Parts, type Schema } from "./json-schema";
import { refusals } from "./refusals";
import { securityOf, whoMay } from "./who-may";

/** One route of the document. Throws for one that says nothing of itself. */
export function operation(
  { path, method, description }: Route,
  components: Record<string, Schema>,
): object {
  if (!description) throw new Error(`${method} ${path} says nothing`);
  const { summary, answer, status = 200, input, takes, policy } = description;
  const { file } = description;
  if (!summary) throw new Error(`${method} ${path} has no summary`);
  const parts = input ? partsOf(toJson(input, "input", components)) : nothing;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const { requestKey, ...rest } = parts.properties;
  const names = Object.keys(rest).filter((name) => !inPath.includes(name));
  const inQuery = takes === "query" ? names : [];
  const parameters = [
    ...inPath.map((name) => ({
      name,
      in: "path",
      required: true,
      schema: rest[name] ?? { type: "string" },
    })),
    ...inQuery.map((name) => ({
      name,
      in: "query",
      required: parts.required.includes(name),
      schema: rest[name],
    })),
    ...keyParameter(description, requestKey),
  ];
  return {
    operationId: operationId(method, path),
    summary,
    description: whoMay(policy),
    tags: [tagOf(path)],
    security: securityOf(policy),
    ...(parameters.length > 0 && { parameters }),
    ...(takes === "body" && { requestBody: bodyOf(names, rest, parts) }),
    responses: {
      ...(answer
        ? {
            [status]: {
              description: "Done.",
              content: json(open(toJson(answer, "output", components))),
            },
          }
        : fileOr(file)),
      ...refusals(description),
    },
  };
}

function fileOr(file: RouteDescription["file"]): object {
  if (!file) return { default: { description: "A page, or the way to one." } };
  const content = { [file]: { schema: { type: "string" } } };
  return { 200: { description: "A file.", content } };
}

const nothing: Parts = { properties: {}, required: [] };

function bodyOf(
  names: string[],
  properties: Record<string, Schema>,
  { required }: Parts,
): object {
  const needed = names.filter((name) => required.includes(name));
  return {
    required: true,
    content: json({
      type: "object",
      properties: Object.fromEntries(
        names.map((name) => [name, properties[name]]),
      ),
      ...(needed.length > 0 && { required: needed }),
      additionalProperties: false,
    }),
  };
}

/** A form has its key in a hidden field, `requestKey`; a program sends the header. */
function keyParameter(
  { idempotencyKey }: RouteDescription,
  requestKey: Schema | undefined,
): object[] {
  if (!requestKey && !idempotencyKey) return [];
  const schema = { type: "string", minLength: 1, maxLength: 255 };
  const required = requestKey !== undefined;
  return [{ name: "Idempotency-Key", in: "header", required, schema }];
}

function operationId(method: string, path: string): string {
  const words = path.replace(/^\/api/, "").match(/[A-Za-z0-9]+/g) ?? [];
  const rest = words.map(
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  );
  return method.toLowerCase() + rest.join("");
}

function tagOf(path: string): string {
  return path.replace(/^\/api\//, "").split("/")[0] || "pages";
}

function json(schema: Schema): object {
  return { "application/json": { schema } };
}
