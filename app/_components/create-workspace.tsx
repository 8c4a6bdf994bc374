import type { getFlash } from "./get-flash";
import { PostForm } from "./post-form";
import { SubmitButton } from "./submit-button";
import { Field } from "./ui/field";
import type { ButtonLook } from "./ui/button";

export function CreateWorkspace({
  flash,
  look,
}: {
  flash: Awaited<ReturnType<typeof getFlash>>;
  look: ButtonLook;
}) {
  return (
    <PostForm
      action="/api/workspaces"
      label="Create a workspace"
      flash={flash}
      className="grid max-w-100 gap-4"
    >
      <Field
        label="Workspace name"
        name="name"
        required
        maxLength={80}
        autoComplete="off"
        defaultValue={flash?.values["name"]}
      />
      <SubmitButton look={look}>Create workspace</SubmitButton>
    </PostForm>
  );
}
