import Link from "next/link";
import type { ReactNode } from "react";
import { brand } from "@/lib/catalog/brand";
import { Logo } from "@/app/_components/logo";

/** What stands around every page that staff see; a layout would show it to strangers as well. */
export function AdminPage({ children }: { children: ReactNode }) {
  return (
    <>
      <header className="mb-8 flex items-center gap-4 border-b pb-3">
        <Link
          href="/"
          aria-label={`${brand.name}, home`}
          className="inline-flex rounded-lg"
        >
          <Logo />
        </Link>
        <span className="text-ink-soft">Staff</span>
      </header>
      <main id="main" className="grid gap-8">
        {children}
      </main>
    </>
  );
}
