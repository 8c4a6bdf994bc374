import type { ReactNode } from "react";

/** Numbers side by side, each with a name of its own and, if it helps, what it is or is compared with. */
export function Stats({
  stats,
}: {
  stats: readonly { label: string; value: ReactNode; note?: ReactNode }[];
}) {
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-6 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]">
      {stats.map(({ label, value, note }) => (
        <div key={label}>
          <dt className="text-sm text-ink-soft">{label}</dt>
          <dd className="mt-0.5 text-xl font-semibold tracking-tight tabular-nums sm:text-2xl">
            {value}
          </dd>
          {note && (
            <dd className="text-sm text-pretty text-ink-soft">{note}</dd>
          )}
        </div>
      ))}
    </dl>
  );
}
