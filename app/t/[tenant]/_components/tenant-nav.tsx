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
  return (
    <nav
      aria-label="Workspace"
      className="-mx-2 -mb-px flex sm:-mx-3 basis-full overflow-x-auto"
    >
      {pages.map(({ label, href }) => (
        <Link
          key={label}
          href={href}
          aria-current={here === href ? "page" : undefined}
          className="inline-flex min-h-11 items-center border-b-2 border-transparent px-2 text-ink-soft hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:border-ink aria-[current=page]:text-ink sm:px-3"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
