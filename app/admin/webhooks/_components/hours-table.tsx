import { DataTable } from "@/app/_components/ui/data-table";
import { Moment } from "@/app/_components/ui/moment";
import type { Hour } from "@/lib/webhooks/hours";

const columns = [
  { label: "Hour" },
  { label: "Received", align: "end" },
  { label: "At first attempt", align: "end" },
  { label: "Dead", align: "end" },
  { label: "Half within", align: "end" },
  { label: "95% within", align: "end" },
] as const;

export function HoursTable({ hours }: { hours: readonly Hour[] }) {
  return (
    <DataTable
      caption="Webhooks by hour"
      columns={columns}
      rows={hours.toReversed().map((hour) => ({
        key: hour.hour.toISOString(),
        cells: [
          <Moment key="hour" date={hour.hour} />,
          hour.received,
          hour.clean,
          hour.dead,
          milliseconds(hour.p50),
          milliseconds(hour.p95),
        ],
      }))}
    />
  );
}

function milliseconds(value: number | null): string {
  return value === null ? "–" : `${Math.round(value)} ms`;
}
