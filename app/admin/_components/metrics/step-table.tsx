import { DataTable } from "@/app/_components/ui/data-table";
import { Day } from "@/app/_components/ui/day";
import type { Series } from "@/lib/admin/metrics/measure";
import type { Metric } from "@/lib/admin/metrics/metric";
import { written } from "./written";

/** The numbers behind the charts, newest first. */
export function StepTable({
  metric: { title, figures },
  series: { group, steps },
}: {
  metric: Metric;
  series: Series;
}) {
  const caption = group ? `${title}, ${group.toUpperCase()}` : title;
  return (
    <details>
      <summary className="w-fit rounded-sm py-0.5">Show the numbers</summary>
      <div className="mt-3">
        <DataTable
          caption={caption}
          columns={[
            { label: "From" },
            ...figures.map(({ label }) => ({ label, align: "end" as const })),
          ]}
          rows={steps.toReversed().map(({ at, values }) => ({
            key: at.toISOString(),
            cells: [
              <Day key="from" date={at} />,
              ...figures.map((figure) => (
                <span key={figure.key} className="tabular-nums">
                  {written(figure, values[figure.key], group)}
                </span>
              )),
            ],
          }))}
        />
      </div>
    </details>
  );
}
