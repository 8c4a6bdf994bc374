import type { Series } from "@/lib/admin/metrics/measure";
import type { Figure } from "@/lib/admin/metrics/metric";
import { written } from "./written";

/** What the whole time comes to, each with its definition beside it. */
export function Figures({
  figures,
  series: { group, total },
}: {
  figures: readonly Figure[];
  series: Series;
}) {
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-6 sm:grid-cols-[repeat(auto-fill,minmax(11rem,1fr))]">
      {figures.map((figure) => (
        <div key={figure.key}>
          <dt className="text-ink-soft">{figure.label}</dt>
          <dd className="mt-0.5 text-xl font-semibold tracking-tight tabular-nums sm:text-2xl">
            {written(figure, total[figure.key], group)}
          </dd>
          <dd className="mt-0.5 text-xs text-pretty text-ink-soft">
            {figure.definition}
          </dd>
        </div>
      ))}
    </dl>
  );
}
