import type { Metadata } from "next";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Markdown } from "../_components/markdown";
import { listDocs, readDoc } from "../_components/read-doc";

export const dynamicParams = false;

export function generateStaticParams() {
  return listDocs().map((page) => ({ page: page.split("/") }));
}

export async function generateMetadata(
  props: PageProps<"/docs/[...page]">,
): Promise<Metadata> {
  const { page } = await props.params;
  return { title: readDoc(page.join("/")).title };
}

export default async function DocPage(props: PageProps<"/docs/[...page]">) {
  const { page } = await props.params;
  const from = page.join("/");
  const { title, tokens } = readDoc(from);
  return (
    <article className="wrap-anywhere">
      <PageHeader title={title} />
      <Markdown tokens={tokens} from={from} />
    </article>
  );
}
