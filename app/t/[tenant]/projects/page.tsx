import type { Metadata } from "next";
import { getFlash } from "@/app/_components/get-flash";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Section } from "@/app/_components/ui/section";
import { Usage } from "@/app/_components/ui/usage";
import { may } from "@/lib/auth/permissions";
import { requireTenant } from "@/lib/auth/session";
import { getProjectsPage } from "@/lib/projects/projects";
import { CreateProject } from "./_components/create-project";
import { ProjectList } from "./_components/project-list";

export const metadata: Metadata = { title: "Projects" };

export default async function ProjectsPage(
  props: PageProps<"/t/[tenant]/projects">,
) {
  const { tenant: slug } = await props.params;
  const here = `/t/${slug}/projects`;
  const tenant = await requireTenant(slug, "product.read", here);
  const { ctx, tenantId, role } = tenant;
  const mayCreate = may(role, "product.write");
  const { rights, total, projects } = await getProjectsPage(ctx);
  return (
    <>
      <PageHeader title="Projects">
        What this workspace works on, newest first.
      </PageHeader>
      <div className="grid items-end gap-6 md:grid-cols-2">
        {mayCreate && (
          <CreateProject
            tenantId={tenantId}
            slug={slug}
            mayBuy={may(role, "billing.write")}
            flash={await getFlash()}
          />
        )}
        <Usage
          label={`On the ${rights.plan.name} plan`}
          used={total}
          limit={rights.limit("projects")}
        />
      </div>
      <Section id="list" title="All projects">
        <ProjectList {...{ projects, total, mayCreate }} />
      </Section>
    </>
  );
}
