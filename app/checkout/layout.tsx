import type { Metadata } from "next";
import Link from "next/link";
import { Logo } from "../_components/logo";
import { brand } from "@/lib/catalog/brand";

export const metadata: Metadata = { robots: { index: false, follow: false } };

export default function CheckoutLayout({ children }: LayoutProps<"/checkout">) {
  return (
    <div className="mx-auto max-w-180 px-4 sm:px-6">
      <header className="py-4">
        <Link
          href="/t"
          aria-label={`${brand.name}, your workspace`}
          className="inline-flex rounded-lg"
        >
          <Logo />
        </Link>
      </header>
      <main id="main" className="grid justify-items-start gap-3 py-12">
        {children}
      </main>
    </div>
  );
}
