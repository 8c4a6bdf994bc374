import { Badge } from "@/app/_components/ui/badge";
import { CopyId } from "@/app/_components/ui/copy-id";
import { DataTable } from "@/app/_components/ui/data-table";
import { Day } from "@/app/_components/ui/day";
import { TextLink } from "@/app/_components/ui/text-link";
import type { TenantLine } from "@/lib/admin/tenants";

const columns = [
  { label: "Workspace" },
  { label: "Id" },
  { label: "Plan" },
  { label: "Since" },
  { label: "Members", align: "end" },
] as const;

export function TenantTable({ tenants }: { tenants: readonly TenantLine[] }) {
  return (
    <DataTable
      caption="Workspaces"
      columns={columns}
      rows={tenants.map((tenant) => ({
        key: tenant.id,
        cells: [
          <span
            key="name"
            className="inline-flex flex-wrap items-center gap-2 wrap-anywhere"
          >
            <TextLink href={`/admin/tenants/${tenant.id}`}>
              {tenant.name}
            </TextLink>
            {tenant.closed && <Badge tone="neutral">Deleted</Badge>}
          </span>,
          <CopyId key="id" id={tenant.id} />,
          tenant.plans.join(", ") || "Free",
          <Day key="since" date={tenant.createdAt} />,
          tenant.members,
        ],
      }))}
    />
  );
}
