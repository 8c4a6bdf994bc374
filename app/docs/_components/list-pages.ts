import { contents } from "./contents";
import { listDocs, readDoc } from "./read-doc";

/** Made by the app rather than written in docs/. */
const made: Readonly<Record<string, string>> = {
  api: "HTTP API",
  errors: "Error codes",
};

export type Listed = {
  title: string;
  pages: { page: string; title: string }[];
};

/** Everything there is to read, in its order. */
export function listPages(): Listed[] {
  const written = listDocs();
  const named = contents.flatMap(({ pages }): string[] => [...pages]);
  const rest = written.filter((page) => !named.includes(page));
  const decisions = rest.filter((page) => page.startsWith("decisions/"));
  const more = rest.filter((page) => !page.startsWith("decisions/"));
  return [
    ...contents,
    { title: "More", pages: more },
    { title: "Decisions", pages: decisions },
  ].map(({ title, pages }) => ({
    title,
    pages: pages.map((page) => ({
      page,
      title: made[page] ?? readDoc(page).title,
    })),
  }));
}
