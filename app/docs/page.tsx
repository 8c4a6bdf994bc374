import type { Metadata } from "next";
import { PageHeader } from "../_components/ui/page-header";
import { Section } from "../_components/ui/section";
import { PlainLink } from "../_components/ui/text-link";
import { listPages } from "./_components/list-pages";

export const metadata: Metadata = {
  title: "Documentation",
  description: "How it is set up, sold with, run and changed.",
};
export const dynamic = "force-static";

export default function DocsPage() {
  return (
    <div className="grid gap-8">
      <PageHeader title="Documentation">
        How it is set up, sold with, run and changed.
      </PageHeader>
      {listPages().map(({ title, pages }) => (
        <Section
          key={title}
          id={title.toLowerCase().replace(" ", "-")}
          title={title}
        >
          <ul className="grid gap-2">
            {pages.map(({ page, title: name }) => (
              <li key={page}>
                <PlainLink href={`/docs/${page}`}>{name}</PlainLink>
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}
