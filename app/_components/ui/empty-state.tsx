import type { ReactNode } from "react";

/** An empty list: what it is for, and the one thing that fills it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="grid justify-items-start gap-3 rounded-lg border border-dashed p-6">
      <div>
        <p className="font-medium">{title}</p>
        <p className="max-w-prose text-pretty text-ink-soft">{children}</p>
      </div>
      {action}
    </div>
  );
}
