import type { openApiDocument } from "./document";

type Schema = {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  additionalProperties?: Schema | boolean;
};
type Parameter = {
  name: string;
  in: string;
  required: boolean;
  schema: Schema;
};
type Content = { content?: { "application/json"?: { schema: Schema } } };
type Operation = {
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content>;
};

/** The document as types of TypeScript, for a client: by method and path, what is sent and what is answered. */
export function typesOf(
  document: Awaited<ReturnType<typeof openApiDocument>>,
): string {
  const { paths, components } = document;
  const objects = Object.entries(components.schemas).map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema)};`,
  );
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const route = routeOf(operation as Operation);
      const name = `${method.toUpperCase()} ${path}`;
      return route ? [`${JSON.stringify(name)}: ${route};`] : [];
    }),
  );
  return [
    "// Written by `npm run api:generate` from docs/openapi.json.",
    ...objects,
    `export type Routes = { ${routes.join("\n")} };`,
  ].join("\n\n");
}

/** Null for what answers with a page. */
function routeOf({ parameters = [], requestBody, responses }: Operation) {
  const good = Object.entries(responses).find(([status]) =>
    status.startsWith("2"),
  );
  const answer = good?.[1].content?.["application/json"]?.schema;
  if (!answer) return null;
  const within = (place: string) =>
    objectOf(parameters.filter((one) => one.in === place));
  const body = requestBody?.content?.["application/json"]?.schema;
  const parts = {
    path: within("path"),
    query: within("query"),
    body: body ? typeOf(body) : "{}",
    answer: typeOf(answer),
  };
  const told = Object.entries(parts).map(([name, type]) => `${name}: ${type}`);
  return `{ ${told.join("; ")} }`;
}

function objectOf(parameters: Parameter[]): string {
  return typeOf({
    type: "object",
    properties: Object.fromEntries(
      parameters.map(({ name, schema }) => [name, schema]),
    ),
    required: parameters
      .filter(({ required }) => required)
      .map(({ name }) => name),
  });
}

function typeOf(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "unknown";
  if (schema.anyOf) return union(schema.anyOf.map(typeOf));
  if (schema.enum) return union(schema.enum.map((one) => JSON.stringify(one)));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const { type } = schema;
  if (Array.isArray(type))
    return union(type.map((one) => typeOf({ ...schema, type: one })));
  switch (type) {
    case "object":
      return membersOf(schema);
    case "array":
      return `readonly (${schema.items ? typeOf(schema.items) : "unknown"})[]`;
    case "integer":
    case "number":
      return "number";
    case "string":
    case "boolean":
    case "null":
      return type;
    case undefined:
    default:
      return "unknown";
  }
}

function membersOf({
  properties = {},
  required = [],
  additionalProperties,
}: Schema): string {
  const members = Object.entries(properties).map(([name, schema]) => {
    const optional = required.includes(name) ? "" : "?";
    return `${JSON.stringify(name)}${optional}: ${typeOf(schema)}`;
  });
  if (typeof additionalProperties === "object")
    return `Record<string, ${typeOf(additionalProperties)}>`;
  return `{ ${members.join("; ")} }`;
}

function union(types: string[]): string {
  const once = [...new Set(types)];
  if (once.includes("unknown")) return "unknown";
  // Any text is allowed beside "": the narrower ones say nothing more.
  const words = once.includes("string") ? once.filter(isNoText) : once;
  return words.join(" | ");
}

function isNoText(type: string): boolean {
  return !type.startsWith('"');
}
