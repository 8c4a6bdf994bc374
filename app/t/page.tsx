import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";
import { PageHeader } from "@/app/_components/ui/page-header";
import { getTenants, requireUser } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Name your workspace" };

export default async function FirstWorkspacePage() {
  await requireUser("/t");
  const [tenant] = await getTenants();
  if (tenant) redirect(`/t/${tenant.slug}`);
  const flash = await getFlash();
  return (
    <main id="main" className="mx-auto grid max-w-100 gap-6 px-4 pt-16">
      <PageHeader title="Name your workspace">
        Plans, projects and people belong to a workspace.
      </PageHeader>
      <PostForm
        action="/api/workspaces"
        label="Name your workspace"
        flash={flash}
        next="/t"
      >
        <Field
          label="Workspace name"
          name="name"
          required
          maxLength={80}
          defaultValue={flash?.values["name"]}
        />
        <SubmitButton look="primary">Create workspace</SubmitButton>
      </PostForm>
    </main>
  );
}
