import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CreateWorkspace } from "@/app/_components/create-workspace";
import { getFlash } from "@/app/_components/get-flash";
import { PageHeader } from "@/app/_components/ui/page-header";
import { getLastTenant, requireUser } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Name your workspace" };

/** Leads to the workspace used last; who has none names one. */
export default async function FirstWorkspacePage() {
  await requireUser("/t");
  const tenant = await getLastTenant();
  if (tenant) redirect(`/t/${tenant.slug}`);
  return (
    <main id="main" className="mx-auto grid max-w-100 gap-6 px-4 pt-16">
      <PageHeader title="Name your workspace">
        Plans, projects and people belong to a workspace.
      </PageHeader>
      <CreateWorkspace flash={await getFlash()} look="primary" />
    </main>
  );
}
