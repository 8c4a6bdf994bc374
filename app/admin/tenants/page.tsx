import type { Metadata } from "next";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Pager } from "@/app/_components/ui/pager";
import { listTenantLines, tenantFilter } from "@/lib/admin/tenants";
import { requireStaff } from "@/lib/auth/session";
import { AdminPage } from "../_components/admin-page";
import { TenantSearch } from "./_components/tenant-search";
import { TenantTable } from "./_components/tenant-table";

export const metadata: Metadata = { title: "Workspaces" };

export default async function TenantsPage(props: PageProps<"/admin/tenants">) {
  await requireStaff();
  const filter = tenantFilter.parse(await props.searchParams);
  const { search, before } = filter;
  const { tenants, older } = await listTenantLines(filter);
  const at = (cursor: string | null) => {
    const query = new URLSearchParams({
      ...(search && { search }),
      ...(cursor && { before: cursor }),
    });
    return `/admin/tenants?${query.toString()}`;
  };
  return (
    <AdminPage>
      <PageHeader title="Workspaces">
        Who they are, what they pay for, and which prices they have.
      </PageHeader>
      <div>
        <TenantSearch search={search} />
        {tenants.length > 0 ? (
          <TenantTable tenants={tenants} />
        ) : (
          <EmptyState title="No workspace">
            None matches. Each person who signs up begins with one.
          </EmptyState>
        )}
        <Pager
          label="Workspaces"
          newer={before ? at(null) : null}
          older={older && at(older)}
        />
      </div>
    </AdminPage>
  );
}
