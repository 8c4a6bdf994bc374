import { Fragment, type ReactNode } from "react";
import { PlainLink } from "@/app/_components/ui/text-link";
import type { Schema } from "./api-document";

/** The members of an object, one a line: name, kind, whether it must be there. */
export function Fields({ schema }: { schema: Schema }) {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0)
    return <p className="text-ink-soft">{kindOf(schema)}</p>;
  return (
    <dl className="grid gap-1">
      {fields.map(([name, field]) => (
        <div key={name} className="flex flex-wrap items-baseline gap-x-3">
          <dt>
            <code className="font-mono text-sm">{name}</code>
          </dt>
          <dd className="text-sm text-ink-soft">
            {kindOf(field)}
            {!schema.required?.includes(name) && ", optional"}
            {field.description && `. ${field.description}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function kindOf(schema: Schema): ReactNode {
  if (schema.$ref) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    return <PlainLink href={`#${name}`}>{name}</PlainLink>;
  }
  if (schema.anyOf)
    return schema.anyOf.map((one, index) => (
      <Fragment key={index}>
        {index > 0 && " or "}
        {kindOf(one)}
      </Fragment>
    ));
  if (schema.enum) return schema.enum.map(String).join(" | ");
  if (schema.const !== undefined)
    return schema.const === "" ? "empty text" : JSON.stringify(schema.const);
  if (schema.type === "array" && schema.items)
    return <>list of {kindOf(schema.items)}</>;
  if (schema.format === "date-time") return "moment";
  const { type } = schema;
  return Array.isArray(type) ? type.join(" or ") : (type ?? "anything");
}
