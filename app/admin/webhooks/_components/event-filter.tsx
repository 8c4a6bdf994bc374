import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Select } from "@/app/_components/ui/select";

const states = [
  { value: "", label: "All" },
  { value: "pending", label: "Waiting" },
  { value: "processing", label: "In work" },
  { value: "done", label: "Done" },
  { value: "ignored", label: "Ignored" },
  { value: "dead", label: "Dead" },
];

/** A plain GET: what is shown stands in the address. */
export function EventFilter({
  filter,
}: {
  filter: {
    state?: string | undefined;
    type?: string | undefined;
    object?: string | undefined;
  };
}) {
  return (
    <form
      action="/admin/webhooks#events"
      aria-label="Filter events"
      className="mb-6 grid items-end gap-4 sm:grid-cols-[10rem_1fr_1fr_auto]"
    >
      <Select
        label="State"
        name="state"
        options={states}
        defaultValue={filter.state ?? ""}
      />
      <Field label="Type" name="type" defaultValue={filter.type} />
      <Field label="Object id" name="object" defaultValue={filter.object} />
      <Button>Show</Button>
    </form>
  );
}
