"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

export function TenantNav<Path extends string>({
  pages,
}: {
  pages: readonly { label: string; href: Route<Path> }[];
}) {
  const here = usePathname();
  // Every address begins with the overview's, which stands first and counts for its own page alone.
  const current = pages.find(
    ({ href }, index) =>
      here === href || (index > 0 && here.startsWith(`${href}/`)),
  );
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow screen the row scrolls: where one is must be in sight.
    const element = nav.current;
    const tab = element?.querySelector<HTMLElement>("[aria-current]");
    if (!element || !tab) return;
    element.scrollLeft =
      tab.offsetLeft - (element.clientWidth - tab.offsetWidth) / 2;
  }, [here]);
  return (
    <nav
      ref={nav}
      aria-label="Workspace"
      className="relative -mx-2 -mb-px flex basis-full overflow-x-auto max-sm:pr-8 max-sm:mask-r-from-[calc(100%-2.5rem)] sm:-mx-3"
    >
      {pages.map(({ label, href }) => (
        <Link
          key={label}
          href={href}
          aria-current={
            href === here ? "page" : href === current?.href ? "true" : undefined
          }
          className="inline-flex min-h-11 items-center border-b-2 whitespace-nowrap border-transparent px-2 text-ink-soft hover:text-ink focus-visible:-outline-offset-2 [&[aria-current]]:border-ink [&[aria-current]]:text-ink sm:px-3"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
