import type { ReactNode } from "react";

export function PageHeader({
  title,
  children,
}: {
  title: string;
  children?: ReactNode;
}) {
  return (
    <header>
      <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere">
        {title}
      </h1>
      {children && <p className="mt-1 max-w-prose text-ink-soft">{children}</p>}
    </header>
  );
}
