import type { ReactNode } from "react";
import { toneClass, type Tone } from "./tone";
import { ToneIcon } from "./tone-icon";

/** The one most urgent thing of a page: what it is, and what to do about it. */
export function Banner({
  tone,
  title,
  children,
}: {
  tone: Tone;
  title: string;
  children?: ReactNode;
}) {
  return (
    <section
      aria-label={title}
      className={`flex gap-3 rounded-lg p-4 ${toneClass[tone]}`}
    >
      <ToneIcon tone={tone} className="mt-0.5 size-4 shrink-0" />
      <div>
        <p className="font-medium">{title}</p>
        {children && <div className="text-ink">{children}</div>}
      </div>
    </section>
  );
}
