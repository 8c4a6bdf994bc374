import { brand } from "@/lib/catalog/brand";
import { everyRoute } from "../support/every-route";
import type { Schema } from "./json-schema";
import { operation } from "./operation";

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
