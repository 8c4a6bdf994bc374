import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";
import { doneWords } from "./done-words";

const action = "/api/settings/workspace";

export function WorkspaceForm({
  tenantId,
  name,
  slug,
  flash,
}: {
  tenantId: string;
  name: string;
  slug: string;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const typed = flash?.action === action ? flash.values : {};
  return (
    <PostForm
      key={`${name} ${slug}`}
      action={action}
      label="Name and address"
      flash={flash}
      done={doneWords.workspace}
      className="grid max-w-180 gap-4"
    >
      <input type="hidden" name="tenantId" value={tenantId} />
      <Field
        id="workspace-name"
        label="Workspace name"
        name="name"
        required
        maxLength={80}
        autoComplete="off"
        defaultValue={typed["name"] ?? name}
      />
      <Field
        label="Address"
        name="slug"
        required
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        hint={`Small letters, digits and hyphens: the part behind /t/. If you change it, links to /t/${slug} stop working.`}
        defaultValue={typed["slug"] ?? slug}
      />
      <div>
        <SubmitButton>Save name and address</SubmitButton>
      </div>
    </PostForm>
  );
}
