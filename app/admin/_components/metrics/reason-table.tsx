import { DataTable } from "@/app/_components/ui/data-table";
import type { Series } from "@/lib/admin/metrics/measure";
import type { Metric } from "@/lib/admin/metrics/metric";
import { written } from "./written";

const most = 20;

/** What the whole time comes to, by reason. The file has those beyond the most frequent. */
export function ReasonTable({
  metric: { title, figures },
  series,
}: {
  metric: Metric;
  series: readonly Series[];
}) {
  return (
    <div className="max-w-150">
      <DataTable
        caption={title}
        columns={[
          { label: "Reason" },
          ...figures.map(({ label }) => ({ label, align: "end" as const })),
        ]}
        rows={series.slice(0, most).map(({ group, total }) => ({
          key: group,
          cells: [
            <span key="reason" className="font-mono text-xs wrap-anywhere">
              {group}
            </span>,
            ...figures.map((figure) => written(figure, total[figure.key], "")),
          ],
        }))}
      />
    </div>
  );
}
