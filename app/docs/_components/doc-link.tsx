import { posix } from "node:path";
import type { ReactNode } from "react";
import { PlainLink } from "@/app/_components/ui/text-link";

/** A link of docs/ as it works on the site; what leads into the code is named, since the site does not hold it. */
export function DocLink({
  from,
  href,
  children,
}: {
  /** The page that it stands on. */
  from: string;
  href: string;
  children: ReactNode;
}) {
  const target = resolveLink(from, href);
  if (target) return <PlainLink href={target}>{children}</PlainLink>;
  return <span title={fileOf(from, href)}>{children}</span>;
}

/** Where a link leads on the site; null for a file of the repository. */
function resolveLink(from: string, href: string): string | null {
  if (/^(https?:|mailto:|#|\/)/.test(href)) return href;
  const [file = "", anchor] = fileOf(from, href).split("#");
  const page = /^docs\/(.+)\.md$/.exec(file)?.[1];
  if (!page) return null;
  return `/docs/${page}${anchor ? `#${anchor}` : ""}`;
}

/** A file of the repository, from its top. */
function fileOf(from: string, href: string): string {
  return posix.normalize(posix.join("docs", posix.dirname(from), href));
}
