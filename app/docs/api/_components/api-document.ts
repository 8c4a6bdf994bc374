import { z } from "zod";
import document from "@/docs/openapi.json";

export type Schema = {
  $ref?: string | undefined;
  type?: string | string[] | undefined;
  const?: unknown;
  enum?: unknown[] | undefined;
  format?: string | undefined;
  description?: string | undefined;
  anyOf?: Schema[] | undefined;
  items?: Schema | undefined;
  properties?: Record<string, Schema> | undefined;
  required?: string[] | undefined;
};

const schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    format: z.string().optional(),
    description: z.string().optional(),
    anyOf: z.array(schema).optional(),
    items: schema.optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
  }),
);

const content = z.object({
  "application/json": z.object({ schema }).optional(),
});

const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  security: z.array(z.record(z.string(), z.unknown())),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean(),
        schema,
      }),
    )
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(
    z.string(),
    z.object({ description: z.string(), content: content.optional() }),
  ),
});

export type Operation = z.output<typeof operation> & {
  method: string;
  path: string;
};

const shape = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
  info: z.object({ description: z.string() }),
});

/** What the page shows of docs/openapi.json: the operations by subject, and the objects. */
export function readApi() {
  const { paths, components, info } = shape.parse(document);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]): Operation => ({
      method: method.toUpperCase(),
      path,
      ...told,
    })),
  );
  const subjects = [...new Set(operations.flatMap(({ tags }) => tags))];
  return {
    description: info.description,
    subjects: subjects.toSorted().map((subject) => ({
      subject,
      operations: operations.filter(({ tags }) => tags.includes(subject)),
    })),
    objects: Object.entries(components.schemas),
  };
}
