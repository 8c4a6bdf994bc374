import type { ReactNode } from "react";
import { PlainLink } from "@/app/_components/ui/text-link";
import type { Operation } from "./api-document";
import { Fields } from "./fields";

/** One operation: who may call it, what it takes, what it answers and how it is refused. */
export function OperationPart({ operation }: { operation: Operation }) {
  const { operationId: id, method, path, summary, parameters } = operation;
  const body = operation.requestBody?.content["application/json"]?.schema;
  const { good, refused } = answersOf(operation);
  const keys = operation.security.some((one) => "apiKey" in one);
  return (
    <article
      id={id}
      aria-labelledby={`${id}-title`}
      className="scroll-mt-4 border-t py-4 target:bg-surface"
    >
      <h3 id={`${id}-title`} className="font-mono text-sm wrap-anywhere">
        <PlainLink href={`#${id}`}>
          {method} {path}
        </PlainLink>
      </h3>
      <p className="mt-1">{summary}</p>
      <p className="text-sm text-ink-soft">
        {operation.description.replaceAll("`", "")}
        {keys && " An API key with that scope does as well."}
      </p>
      {parameters.length > 0 && (
        <Part title="Path, query and headers">
          <Fields
            schema={{
              properties: Object.fromEntries(
                parameters.map((one) => [one.name, one.schema]),
              ),
              required: parameters
                .filter((one) => one.required)
                .map((one) => one.name),
            }}
          />
        </Part>
      )}
      {body?.properties && Object.keys(body.properties).length > 0 && (
        <Part title="Body">
          <Fields schema={body} />
        </Part>
      )}
      {good && (
        <Part title={`Answers ${good.status}`}>
          <Fields schema={good.schema} />
        </Part>
      )}
      {refused.length > 0 && (
        <Part title="Refusals">
          <ul className="text-sm">
            {refused.map(({ status, codes }) => (
              <li key={status} className="text-ink-soft">
                <span className="tabular-nums">{status}</span>{" "}
                {codes.map((code) => (
                  <span key={code} className="mr-2 inline-block font-mono">
                    <PlainLink href={`/docs/errors#${code}`}>{code}</PlainLink>
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </Part>
      )}
    </article>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-3">
      <h4 className="mb-1 text-xs font-medium text-ink-soft">{title}</h4>
      {children}
    </section>
  );
}

function answersOf({ responses }: Operation) {
  const all = Object.entries(responses);
  const good = all.flatMap(([status, { content }]) => {
    const schema = content?.["application/json"]?.schema;
    return schema ? [{ status, schema }] : [];
  });
  const refused = all
    .filter(([status]) => /^[45]/.test(status))
    .map(([status, { description }]) => ({
      status,
      codes: description.split(", "),
    }));
  return { good: good[0], refused };
}
