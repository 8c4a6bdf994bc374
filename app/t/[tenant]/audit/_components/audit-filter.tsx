import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Select } from "@/app/_components/ui/select";
import { PlainLink } from "@/app/_components/ui/text-link";
import { auditKinds, type AuditKind } from "@/lib/audit/actions";
import type { AuditFilter as Filter } from "@/lib/audit/list";

const kindWords: Record<AuditKind, string> = {
  billing: "Billing",
  people: "Members",
  product: "Projects",
  security: "Security",
  workspace: "Workspace",
};

/** A plain GET form: what is chosen stands in the address and can be sent to somebody. */
export function AuditFilter({
  filter,
  people,
  here,
  isFiltered,
}: {
  filter: Filter;
  people: readonly { id: string; name: string }[];
  here: string;
  isFiltered: boolean;
}) {
  return (
    <form
      action={here}
      aria-label="Filter the log"
      className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_1fr_auto]"
    >
      <Select
        label="Kind"
        name="kind"
        defaultValue={filter.kind ?? ""}
        options={[
          { value: "", label: "Everything" },
          ...auditKinds.map((kind) => ({
            value: kind,
            label: kindWords[kind],
          })),
        ]}
      />
      <Select
        label="By"
        name="who"
        defaultValue={filter.who ?? ""}
        options={[
          { value: "", label: "Anybody" },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
          { value: "stripe", label: "Stripe" },
        ]}
      />
      <Field
        label="From"
        name="from"
        type="date"
        defaultValue={filter.from ?? ""}
      />
      <Field label="To" name="to" type="date" defaultValue={filter.to ?? ""} />
      <div className="flex items-center gap-4">
        <Button>Filter</Button>
        {isFiltered && <PlainLink href={here}>Show all</PlainLink>}
      </div>
    </form>
  );
}
