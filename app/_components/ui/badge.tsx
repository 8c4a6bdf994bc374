import { toneClass, type Tone } from "./tone";
import { ToneIcon } from "./tone-icon";

export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap ${toneClass[tone]}`}
    >
      <ToneIcon tone={tone} className="size-3" />
      {children}
    </span>
  );
}
