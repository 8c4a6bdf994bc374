import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { AccountMenu } from "../_components/account-menu";
import { Logo } from "../_components/logo";
import { ButtonLink } from "../_components/ui/button-link";
import { Toaster } from "../_components/ui/toaster";
import { getUser } from "@/lib/auth/session";
import { brand } from "@/lib/catalog/brand";

export const metadata: Metadata = { robots: { index: false, follow: false } };

/** What is a person's own rather than a workspace's. The frame only: each page asks by itself who is here. */
export default async function OwnLayout({ children }: { children: ReactNode }) {
  const user = await getUser();
  return (
    <div className="text-sm">
      <header className="border-b">
        <div className="mx-auto flex max-w-180 items-center gap-2 px-4 py-3 sm:px-6">
          <Link
            href="/t"
            aria-label={`${brand.name}, to your workspace`}
            className="mr-auto inline-flex rounded-lg"
          >
            <Logo />
          </Link>
          <ButtonLink href="/t" look="quiet" className="max-sm:hidden">
            Back to the workspace
          </ButtonLink>
          {user && <AccountMenu name={user.name} />}
        </div>
      </header>
      <main
        id="main"
        className="mx-auto grid max-w-180 gap-8 px-4 py-8 sm:px-6"
      >
        {children}
      </main>
      <Toaster />
    </div>
  );
}
