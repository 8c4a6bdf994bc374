import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Select } from "@/app/_components/ui/select";
import type { MetricsQuery } from "@/lib/admin/metrics/period";

const periods = [
  { value: "30d", label: "30 days" },
  { value: "12w", label: "12 weeks" },
  { value: "12m", label: "12 months" },
] as const satisfies readonly {
  value: MetricsQuery["period"];
  label: string;
}[];

/** A plain GET: what is shown stands in the address. */
export function PeriodForm({ query }: { query: MetricsQuery }) {
  return (
    <form
      action="/admin"
      aria-label="Time shown"
      className="grid items-end gap-4 sm:grid-cols-[12rem_12rem_auto_1fr]"
    >
      <Select
        label="Time"
        name="period"
        options={periods}
        defaultValue={query.period}
      />
      <Field
        label="Up to"
        name="until"
        type="date"
        defaultValue={query.until ?? ""}
      />
      <Button>Show</Button>
    </form>
  );
}
