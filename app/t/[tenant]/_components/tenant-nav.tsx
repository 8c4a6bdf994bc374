"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";

export function TenantNav<Path extends string>({
  pages,
}: {
  pages: readonly { label: string; href: Route<Path> }[];
}) {
  const here = usePathname();
  // Every address begins with the overview's, which stands first.
  const current = pages.findLast(
    ({ href }) => here === href || here.startsWith(`${href}/`),
  );
  return (
    <nav
      aria-label="Workspace"
      className="-mx-2 -mb-px flex sm:-mx-3 basis-full overflow-x-auto"
    >
      {pages.map(({ label, href }) => (
        <Link
          key={label}
          href={href}
          aria-current={
            href === here ? "page" : href === current?.href ? "true" : undefined
          }
          className="inline-flex min-h-11 items-center border-b-2 border-transparent px-2 text-ink-soft hover:text-ink focus-visible:-outline-offset-2 [&[aria-current]]:border-ink [&[aria-current]]:text-ink sm:px-3"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
