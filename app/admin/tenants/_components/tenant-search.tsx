import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";

/** A plain GET: what is searched for stands in the address. */
export function TenantSearch({ search }: { search: string | undefined }) {
  return (
    <form
      action="/admin/tenants"
      aria-label="Search workspaces"
      className="mb-6 flex flex-wrap items-end gap-4"
    >
      <div className="w-full max-w-120 grow">
        <Field
          label="Name, address, id, or the email of somebody in it"
          name="search"
          type="search"
          defaultValue={search}
        />
      </div>
      <Button>Search</Button>
    </form>
  );
}
