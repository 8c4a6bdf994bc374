import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";

export function CreateProject({
  tenantId,
  slug,
  mayBuy,
  flash,
}: {
  tenantId: string;
  slug: string;
  mayBuy: boolean;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  return (
    <PostForm
      action="/api/projects"
      label="Create a project"
      flash={flash}
      remedies={
        mayBuy
          ? {
              limit_reached: {
                label: "See plans",
                href: `/t/${slug}/billing#plans`,
              },
            }
          : undefined
      }
    >
      <input type="hidden" name="tenantId" value={tenantId} />
      <div className="flex items-end gap-2">
        <div className="grow">
          <Field
            label="Project name"
            name="name"
            required
            maxLength={80}
            autoComplete="off"
            defaultValue={flash?.values["name"]}
          />
        </div>
        <SubmitButton look="primary">Create project</SubmitButton>
      </div>
    </PostForm>
  );
}
