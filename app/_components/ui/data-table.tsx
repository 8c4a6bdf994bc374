// oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- browsers drop the roles of a table that CSS lays out as a list
import type { ReactNode } from "react";

type Column = { label: string; align?: "end" };

/** A table that turns into a list of labelled lines on a narrow screen. */
export function DataTable({
  caption,
  columns,
  rows,
}: {
  caption: string;
  columns: readonly Column[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}) {
  return (
    <table role="table" aria-label={caption} className="block w-full md:table">
      <thead role="rowgroup" className="hidden md:table-header-group">
        <tr role="row" className="md:table-row">
          {columns.map(({ label, align }) => (
            <th
              key={label}
              role="columnheader"
              scope="col"
              className={`py-2 pr-4 text-left text-xs font-medium text-ink-soft ${side(align)}`}
            >
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block md:table-row-group">
        {rows.map(({ key, cells }) => (
          <tr
            key={key}
            role="row"
            className="block border-b py-2 last:border-b-0 md:table-row md:py-0"
          >
            {cells.map((cell, index) => (
              <td
                key={columns[index]?.label}
                role="cell"
                data-label={columns[index]?.label}
                className={`flex items-baseline justify-between gap-4 py-1 text-right before:text-ink-soft before:content-[attr(data-label)] md:table-cell md:border-t md:py-2.5 md:pr-4 md:text-left md:before:content-none ${side(columns[index]?.align)}`}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function side(align: Column["align"]): string {
  return align === "end" ? "md:pr-0! md:text-right!" : "";
}
