import { z } from "zod";
import { brand } from "@/lib/catalog/brand";
import { AppError, type ErrorCode } from "@/lib/platform/errors";
import type {
  Policy,
  RouteDescription,
} from "@/lib/platform/route-description";
import { everyRoute, type Route } from "../support/every-route";

type Schema = Record<string, unknown>;
type Parts = {
  properties: Record<string, Schema>;
  required: readonly string[];
};

/** The API in OpenAPI 3.1, made of what the routes say of themselves and of nothing else. */
export async function openApiDocument() {
  const components: Record<string, Schema> = { Problem: problem };
  const paths: Record<string, Record<string, object>> = {};
  for (const route of await everyRoute()) {
    const { path, method } = route;
    (paths[path] ??= {})[method.toLowerCase()] = operation(route, components);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: `${brand.name} API`,
      version: "1",
      description:
        "Every POST takes JSON. It also takes a form of this site, which is answered with a 303 instead. " +
        "Money is in minor units of its currency, as text; a moment is ISO 8601. New members may be added to " +
        'an answer at any time. A list is paged: send its "older" as "before" to go on.',
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: sorted(components),
      responses: {
        Problem: {
          description: "It was refused, or it failed.",
          content: {
            "application/problem+json": {
              schema: { $ref: "#/components/schemas/Problem" },
            },
          },
        },
      },
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "turnpike.session_token",
          description: "A person’s own browser; a POST must be of this origin.",
        },
        apiKey: {
          type: "http",
          scheme: "bearer",
          description:
            "A key of one workspace, made under Settings. With JSON, without cookies.",
        },
        cron: {
          type: "http",
          scheme: "bearer",
          description: "CRON_SECRET",
        },
        stripe: {
          type: "apiKey",
          in: "header",
          name: "Stripe-Signature",
        },
      },
    },
  };
}

function operation(
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

/** The codes that the guard itself refuses with, and the route's own, by status. */
function refusals({ policy, takes, refusals: own }: RouteDescription): object {
  if (takes === null && policy.caller === "anyone") return {};
  const codes: ErrorCode[] = [
    ...guarded(policy),
    ...(takes === "body" ? bodyCodes : []),
    ...(takes === null ? [] : (["validation"] as const)),
    ...(own ?? []),
    "rate_limited",
    "database_unavailable",
    "internal",
  ];
  const statusOf = (code: ErrorCode) => new AppError(code).status;
  const once = [...new Set(codes)].toSorted();
  return Object.fromEntries(
    once.map((one) => [
      statusOf(one),
      {
        $ref: "#/components/responses/Problem",
        description: once
          .filter((code) => statusOf(code) === statusOf(one))
          .join(", "),
      },
    ]),
  );
}

const keyCodes = [
  "api_key_invalid",
  "api_key_misused",
  "api_key_scope",
] as const;

const bodyCodes = [
  "body_too_large",
  "unsupported_media_type",
  "cross_site",
  "invalid_json",
] as const;

function guarded(policy: Policy): ErrorCode[] {
  switch (policy.caller) {
    case "anyone":
      return [];
    case "signed in":
      return ["no_session"];
    case "member":
      return [
        ...(["no_session", "not_found", "forbidden", "choose_tenant"] as const),
        ...(policy.keys ? keyCodes : []),
      ];
    case "staff":
      return ["not_found"];
    case "cron":
      return ["no_session"];
    case "stripe":
      return ["webhook_invalid", "webhook_failed", "body_too_large"];
  }
}

function whoMay(policy: Policy): string {
  const lately = policy.recent
    ? " Only who signed in within the last 15 minutes, or sends the password."
    : "";
  switch (policy.caller) {
    case "anyone":
      return "For anybody.";
    case "signed in":
      return `For whoever is signed in.${lately}`;
    case "member":
      return `Needs \`${policy.permission}\` in the workspace.${lately}`;
    case "staff":
      return "For staff of this deployment; to everybody else it is not there.";
    case "cron":
      return "For the clock.";
    case "stripe":
      return "For Stripe.";
  }
}

function securityOf(policy: Policy): object[] {
  switch (policy.caller) {
    case "anyone":
      return [];
    case "signed in":
    case "staff":
      return [{ session: [] }];
    case "member":
      return [{ session: [] }, ...(policy.keys ? [{ apiKey: [] }] : [])];
    case "cron":
      return [{ cron: [] }];
    case "stripe":
      return [{ stripe: [] }];
  }
}

function toJson(
  schema: z.ZodType,
  io: "input" | "output",
  components: Record<string, Schema>,
): Schema {
  const {
    $schema: _,
    $defs,
    ...made
  } = z.toJSONSchema(schema, {
    io,
    target: "draft-2020-12",
    override: ({ jsonSchema }) => {
      if (jsonSchema.format) delete jsonSchema.pattern; // the format says it
    },
  });
  for (const [name, definition] of Object.entries($defs ?? {}))
    components[name] = open(relinked(definition));
  return relinked(made);
}

/** Answers may get more members: a client that refuses those would break. */
function open(schema: Schema): Schema {
  return walk(schema, (node) => {
    if (node["additionalProperties"] === false)
      delete node["additionalProperties"];
  });
}

function relinked(schema: Schema): Schema {
  return walk(schema, (node) => {
    const ref = node["$ref"];
    if (typeof ref === "string")
      node["$ref"] = ref.replace("#/$defs/", "#/components/schemas/");
  });
}

function walk(schema: Schema, change: (node: Schema) => void): Schema {
  const copy = structuredClone(schema);
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (!Array.isArray(value)) change(value as Schema);
    Object.values(value).forEach(visit);
  };
  visit(copy);
  return copy;
}

function partsOf(schema: Schema): Parts {
  if (schema["type"] !== "object") throw new Error("an input is an object");
  return {
    properties: (schema["properties"] ?? {}) as Parts["properties"],
    required: (schema["required"] ?? []) as Parts["required"],
  };
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

function sorted(record: Record<string, Schema>): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** As lib/platform/problem.ts writes it. */
const problem: Schema = {
  type: "object",
  description: "RFC 9457.",
  properties: {
    type: { type: "string", description: "What the code means: a path." },
    title: { type: "string", description: "For people." },
    status: { type: "integer" },
    code: { type: "string" },
    param: { type: "string", description: "The field at fault." },
    hint: { type: "string", description: "Where it can be put right: a path." },
    request_id: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        properties: {
          pointer: { type: "string" },
          code: { type: "string" },
        },
        required: ["pointer", "code"],
      },
    },
  },
  required: ["type", "title", "status", "code", "request_id"],
};
