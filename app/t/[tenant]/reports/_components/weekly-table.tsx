import { DataTable } from "@/app/_components/ui/data-table";
import { Day } from "@/app/_components/ui/day";

export function WeeklyTable({
  weeks,
}: {
  weeks: readonly { week: Date; count: number }[];
}) {
  return (
    <details>
      <summary className="w-fit rounded-sm py-0.5">Show the numbers</summary>
      <div className="mt-3 max-w-100">
        <DataTable
          caption="Projects begun, by week"
          columns={[
            { label: "Week from" },
            { label: "Projects", align: "end" },
          ]}
          rows={weeks.map(({ week, count }) => ({
            key: week.toISOString(),
            cells: [<Day key="week" date={week} />, String(count)],
          }))}
        />
      </div>
    </details>
  );
}
