import type { ReactNode } from "react";
import { Logo } from "./logo";

/** A whole screen that says one thing. */
export function Notice({
  title,
  children,
}: {
  title: string;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto max-w-180 px-4 py-8 sm:px-6">
      <header>
        <Logo />
      </header>
      <main id="main" className="mt-12 grid justify-items-start gap-4">
        <h1 className="text-3xl font-semibold tracking-tight">{title}</h1>
        {children}
      </main>
    </div>
  );
}
