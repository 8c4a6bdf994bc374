import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import type { ButtonLook } from "@/app/_components/ui/button";

/** The way into the customer portal, and back to here. */
export function ManageForm({
  tenantId,
  returnPath,
  look,
}: {
  tenantId: string;
  returnPath: string;
  look: ButtonLook;
}) {
  return (
    <PostForm action="/api/portal" label="Manage subscription">
      <input type="hidden" name="tenantId" value={tenantId} />
      <input type="hidden" name="returnPath" value={returnPath} />
      <SubmitButton look={look}>Manage subscription</SubmitButton>
    </PostForm>
  );
}
