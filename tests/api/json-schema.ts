import { z } from "zod";

export type Schema = Record<string, unknown>;

export type Parts = {
  properties: Record<string, Schema>;
  required: readonly string[];
};

/** A schema of ours as JSON Schema; what it names goes among the components. */
export function toJson(
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
export function open(schema: Schema): Schema {
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

/** Of a schema of an object. */
export function partsOf(schema: Schema): Parts {
  if (schema["type"] !== "object") throw new Error("an input is an object");
  return {
    properties: (schema["properties"] ?? {}) as Parts["properties"],
    required: (schema["required"] ?? []) as Parts["required"],
  };
}
