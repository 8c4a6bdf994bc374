import type { ReactNode } from "react";

/** A titled part of a page, set apart by a hairline rather than by a box. */
export function Section({
  id,
  title,
  description,
  children,
}: {
  id: string;
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="scroll-mt-4 border-t pt-6"
    >
      <h2 id={`${id}-title`} className="text-base font-semibold">
        {title}
      </h2>
      {description && <p className="mt-1 text-ink-soft">{description}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}
