import { plans } from "@/lib/catalog/plans";
import { yearlySaving } from "@/lib/platform/money";

const option =
  "inline-flex min-h-10 items-center gap-2 rounded-lg px-3 text-sm has-checked:bg-surface has-checked:font-medium";

/** Two radio buttons that CSS alone acts on: the page is static and needs no JavaScript. */
export function IntervalSwitch() {
  const [month, year] = plans[1].prices;
  const saving = yearlySaving(BigInt(month.amount), BigInt(year.amount));
  return (
    <fieldset className="mt-6 inline-flex gap-1 rounded-lg border p-1">
      <legend className="sr-only">Billing interval</legend>
      <label className={option}>
        <input
          type="radio"
          name="interval"
          value="month"
          defaultChecked
          className="accent-ink"
        />
        Monthly
      </label>
      <label className={option}>
        <input
          type="radio"
          name="interval"
          value="year"
          className="accent-ink"
        />
        Yearly, save {saving}%
      </label>
    </fieldset>
  );
}
