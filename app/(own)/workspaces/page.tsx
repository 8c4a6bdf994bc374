import type { Metadata } from "next";
import { CreateWorkspace } from "@/app/_components/create-workspace";
import { DoneBanner } from "@/app/_components/done-banner";
import { getFlash } from "@/app/_components/get-flash";
import { oneParam } from "@/app/_components/search-param";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Section } from "@/app/_components/ui/section";
import { PlainLink } from "@/app/_components/ui/text-link";
import { roleName } from "@/app/_components/role-words";
import { getTenants, requireUser } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Workspaces" };

const doneWords = { left: "You have left that workspace." };

export default async function WorkspacesPage(props: PageProps<"/workspaces">) {
  await requireUser("/workspaces");
  const tenants = await getTenants();
  const done = oneParam((await props.searchParams)["done"]);
  return (
    <>
      <PageHeader title="Workspaces">
        Plans, projects and people belong to a workspace.
      </PageHeader>
      <DoneBanner code={done} words={doneWords} />
      <Section id="yours" title="Yours">
        {tenants.length === 0 && (
          <EmptyState title="You belong to no workspace">
            Create one below, or ask to be invited to one.
          </EmptyState>
        )}
        <ul className="divide-y">
          {tenants.map(({ tenantId, slug, name, role }) => (
            <li
              key={tenantId}
              className="flex flex-wrap justify-between gap-x-4 py-3 first:pt-0"
            >
              <span className="min-w-0 font-medium wrap-anywhere">
                <PlainLink href={`/t/${slug}`}>{name}</PlainLink>
              </span>
              <span className="text-ink-soft">{roleName(role)}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="create" title="Create another">
        <CreateWorkspace flash={await getFlash()} look="secondary" />
      </Section>
    </>
  );
}
