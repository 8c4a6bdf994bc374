import Link from "next/link";
import type { ReactNode } from "react";
import { brand } from "@/lib/catalog/brand";
import { Logo } from "@/app/_components/logo";
import { TextLink } from "@/app/_components/ui/text-link";
import { getTrouble } from "@/lib/admin/webhook-health";
import { TroubleBanner } from "./trouble";

/** What stands around every page that staff see; a layout would show it to strangers as well. */
export async function AdminPage({ children }: { children: ReactNode }) {
  return (
    <>
      <header className="mb-8 flex flex-wrap items-center gap-x-4 gap-y-2 border-b pb-3">
        <Link
          href="/"
          aria-label={`${brand.name}, home`}
          className="inline-flex rounded-lg"
        >
          <Logo />
        </Link>
        <span className="text-ink-soft">Staff</span>
        <nav
          aria-label="Staff"
          className="flex flex-wrap gap-x-4 gap-y-1 max-sm:basis-full sm:ml-auto"
        >
          <TextLink href="/admin">Metrics</TextLink>
          <TextLink href="/admin/tenants">Workspaces</TextLink>
          <TextLink href="/admin/webhooks">Webhooks</TextLink>
          <TextLink href="/admin/doctor">Doctor</TextLink>
          <TextLink href="/admin/design">Design</TextLink>
        </nav>
      </header>
      <main id="main" className="grid gap-8">
        <TroubleBanner trouble={await getTrouble()} />
        {children}
      </main>
    </>
  );
}
