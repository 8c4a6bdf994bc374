import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass, type ButtonLook } from "./button";

export function ButtonLink<Path extends string>({
  href,
  look = "secondary",
  className = "",
  children,
}: {
  href: Route<Path>;
  look?: ButtonLook;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Link href={href} className={buttonClass(look, className)}>
      {children}
    </Link>
  );
}
