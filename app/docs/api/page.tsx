import { Lexer } from "marked";
import type { Metadata } from "next";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Section } from "@/app/_components/ui/section";
import { PlainLink } from "@/app/_components/ui/text-link";
import { Markdown } from "../_components/markdown";
import { readApi } from "./_components/api-document";
import { Fields } from "./_components/fields";
import { OperationPart } from "./_components/operation-part";

export const metadata: Metadata = {
  title: "HTTP API",
  description: "Every route: who may call it, what it takes and answers.",
};
export const dynamic = "force-static";

export default function ApiPage() {
  const { description, subjects, objects } = readApi();
  return (
    <div className="grid gap-8 wrap-anywhere">
      <PageHeader title="HTTP API">
        <Markdown tokens={Lexer.lexInline(description)} from="docs/api.md" />{" "}
        The same for programs:{" "}
        <PlainLink href="/api/openapi.json">OpenAPI 3.1</PlainLink>.
      </PageHeader>
      <nav aria-label="Subjects" className="flex flex-wrap gap-x-4 gap-y-1">
        {subjects.map(({ subject }) => (
          <PlainLink key={subject} href={`#${subject}`}>
            {subject}
          </PlainLink>
        ))}
        <PlainLink href="#objects">objects</PlainLink>
      </nav>
      {subjects.map(({ subject, operations }) => (
        <Section key={subject} id={subject} title={subject}>
          {operations.map((operation) => (
            <OperationPart key={operation.operationId} operation={operation} />
          ))}
        </Section>
      ))}
      <Section id="objects" title="Objects">
        {objects.map(([name, schema]) => (
          <article
            key={name}
            id={name}
            aria-labelledby={`${name}-title`}
            className="scroll-mt-4 border-t py-4 target:bg-surface"
          >
            <h3 id={`${name}-title`} className="font-medium">
              {name}
            </h3>
            <div className="mt-2">
              <Fields schema={schema} />
            </div>
          </article>
        ))}
      </Section>
    </div>
  );
}
