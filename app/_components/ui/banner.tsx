import type { ReactNode } from "react";
import { toneClass, type Tone } from "./tone";
import { ToneIcon } from "./tone-icon";

/** The one most urgent thing of a page: what it is, and what to do about it. */
export function Banner({
  tone,
  title,
  children,
  action,
}: {
  tone: Tone;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <section
      aria-label={title}
      className={`flex flex-col gap-4 rounded-lg p-4 sm:flex-row sm:items-center ${toneClass[tone]}`}
    >
      <div className="flex grow gap-3">
        <ToneIcon tone={tone} className="mt-0.5 size-4 shrink-0" />
        <div>
          <p className="font-medium">{title}</p>
          <div className="text-ink">{children}</div>
        </div>
      </div>
      {action}
    </section>
  );
}
