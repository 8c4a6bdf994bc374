import { z } from "zod";

type Schema = {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  anyOf?: Schema[];
  items?: Schema;
  minItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
};

/** What a field of this name takes, where its type alone does not tell. No object has any of these ids. */
const byName: Readonly<Record<string, string>> = {
  amount: "12.00",
  billing: "read",
  customerId: "cus_Sample1234567890",
  id: "evt_Sample1234567890",
  invoiceId: "in_Sample1234567890",
  lookupKey: "pro_monthly",
  name: "Sample",
  newPassword: "another good password",
  password: "not the right password",
  paymentId: "pi_Sample1234567890",
  paymentIntentId: "pi_Sample1234567890",
  paymentMethodId: "pm_Sample1234567890",
  priceId: "pro_monthly",
  quote: "0".repeat(43),
  refundId: "re_Sample1234567890",
  sessionId: "cs_test_Sample1234567890",
  slug: "a-sample-of-a-slug",
  subscriptionId: "sub_Sample1234567890",
  email: "sample@example.com",
};

/** The schema of a route's input, in the words of JSON Schema. */
export function jsonSchemaOf(input: z.ZodType): Schema {
  const schema = z.toJSONSchema(input, { unrepresentable: "any", io: "input" });
  return schema as Schema;
}

/** Not required by themselves, but one of two that are. */
const wanted = ["priceId", "billing"];

/** The least that a schema takes: its required fields, and these. */
export function sampleOf(
  input: z.ZodType,
  fields: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const { properties = {}, required = [] } = jsonSchemaOf(input);
  const fill = (names: readonly string[]): Record<string, unknown> => ({
    ...Object.fromEntries(
      names.map((name) => [name, valueFor(name, properties[name] ?? {})]),
    ),
    ...fields,
  });
  const least = fill(required);
  if (input.safeParse(least).success) return least;
  return fill([...required, ...wanted.filter((name) => name in properties)]);
}

function valueFor(name: string, schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  const named = byName[name];
  if (schema.enum)
    return schema.enum.includes(named) ? named : schema.enum.at(-1); // of roles, the least
  if (schema.anyOf) return valueFor(name, schema.anyOf[0] ?? {});
  switch (schema.type) {
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 1, 1);
    case "boolean":
      return false;
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () =>
        valueFor(name, schema.items ?? {}),
      );
    case "object":
      return {};
    case undefined:
    default:
      return byName[name] ?? "sample";
  }
}
