import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

const style =
  "rounded-sm underline decoration-line-strong underline-offset-4 hover:decoration-ink";

export function TextLink<Path extends string>({
  href,
  children,
}: {
  href: Route<Path>;
  children: ReactNode;
}) {
  return (
    <Link href={href} className={style}>
      {children}
    </Link>
  );
}

/** Loads its page anew: for other sites, and for addresses that are put together at run time. */
export function PlainLink({
  href,
  children,
  label,
  download,
}: {
  href: string;
  children: ReactNode;
  /** What it leads to, where the words alone do not say. */
  label?: string;
  /** The name of the file that it saves. */
  download?: string;
}) {
  return (
    <a href={href} className={style} aria-label={label} download={download}>
      {children}
    </a>
  );
}
