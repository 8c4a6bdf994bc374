import Link from "next/link";
import { brand } from "@/lib/catalog/brand";
import { Logo } from "./logo";
import { buttonClass } from "./ui/button";

/** Static pages know nobody; those that ask who is here say so, and lead there. */
export function SiteHeader({ isSignedIn = false }: { isSignedIn?: boolean }) {
  return (
    <header className="mx-auto flex w-full max-w-270 items-center justify-between px-4 py-4 sm:px-6">
      <Link
        href="/"
        aria-label={`${brand.name}, home`}
        className="inline-flex rounded-lg"
      >
        <Logo />
      </Link>
      <nav aria-label="Site" className="-mr-2 flex gap-1">
        <Link href="/pricing" className={buttonClass("quiet")}>
          Pricing
        </Link>
        {isSignedIn ? (
          <Link href="/t" className={buttonClass("quiet")}>
            Your workspace
          </Link>
        ) : (
          <Link href="/sign-in" className={buttonClass("quiet")}>
            Sign in
          </Link>
        )}
      </nav>
    </header>
  );
}
