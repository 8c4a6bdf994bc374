// oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- browsers drop the roles of a table that CSS lays out as a list
import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { featureNames, plans, type Plan } from "@/lib/catalog/plans";

type Row = { name: string; of: (plan: Plan) => ReactNode };

const rows: readonly Row[] = [
  { name: "Projects", of: ({ limits }) => limits.projects ?? "Unlimited" },
  { name: "Seats", of: ({ limits }) => limits.seats ?? "Unlimited" },
  {
    name: featureNames.reports,
    of: ({ features }) => <Has it={features.includes("reports")} />,
  },
  {
    name: featureNames.priority_support,
    of: ({ features }) => <Has it={features.includes("priority_support")} />,
  },
];

/** All plans beside each other; on a narrow screen one thing after the other, with what each plan has of it. */
export function Comparison() {
  return (
    <section aria-labelledby="compare" className="mt-12 border-t pt-8">
      <h2 id="compare" className="text-xl font-semibold tracking-tight">
        Compare the plans
      </h2>
      <table
        role="table"
        aria-labelledby="compare"
        className="mt-4 block w-full text-sm md:table"
      >
        <thead role="rowgroup" className="hidden md:table-header-group">
          <tr role="row">
            <th role="columnheader" scope="col">
              <span className="sr-only">What it is</span>
            </th>
            {plans.map(({ key, name }) => (
              <th
                key={key}
                role="columnheader"
                scope="col"
                className="w-1/4 py-3 text-left font-semibold"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block md:table-row-group">
          {rows.map(({ name, of }) => (
            <tr
              key={name}
              role="row"
              className="block border-t py-3 md:table-row md:py-0"
            >
              <th
                role="rowheader"
                scope="row"
                className="block pb-1 text-left font-medium md:table-cell md:border-t md:py-3"
              >
                {name}
              </th>
              {plans.map((plan) => (
                <td
                  key={plan.key}
                  role="cell"
                  data-label={plan.name}
                  className="flex justify-between gap-4 py-1 tabular-nums before:text-ink-soft before:content-[attr(data-label)] md:table-cell md:border-t md:py-3 md:before:content-none"
                >
                  {of(plan)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Has({ it }: { it: boolean }) {
  const Icon = it ? Check : Minus;
  return (
    <span className={it ? "" : "text-ink-soft"}>
      <Icon className="inline size-4" aria-hidden="true" />
      <span className="sr-only">{it ? "Included" : "Not included"}</span>
    </span>
  );
}
