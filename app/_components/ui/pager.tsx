import { buttonClass } from "./button";

/** Two links through a long list. Null where it ends. */
export function Pager({
  label,
  newer,
  older,
}: {
  /** What is paged through: "Invoices". */
  label: string;
  newer: string | null;
  older: string | null;
}) {
  if (!newer && !older) return null;
  return (
    <nav aria-label={`Pages of ${label}`} className="mt-4 flex gap-2">
      <Step href={newer}>Newer</Step>
      <Step href={older}>Older</Step>
    </nav>
  );
}

function Step({ href, children }: { href: string | null; children: string }) {
  if (!href) {
    return (
      <span className={buttonClass("secondary", "border-line! text-ink-soft!")}>
        {children}
      </span>
    );
  }
  return (
    <a href={href} className={buttonClass("secondary")}>
      {children}
    </a>
  );
}
