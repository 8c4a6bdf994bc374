import type { ReactNode } from "react";
import { SiteFooter } from "../_components/site-footer";
import { SiteHeader } from "../_components/site-header";

export default function SiteLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader />
      <main id="main" className="mx-auto w-full max-w-270 grow px-4 sm:px-6">
        {children}
      </main>
      <SiteFooter />
    </div>
  );
}
