import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import type { ButtonLook } from "@/app/_components/ui/button";
import type { PortalFlow } from "@/lib/billing/portal-flow";

/** Where the forms of a billing page come from, and lead back to. */
export type PortalOrigin = { tenantId: string; returnPath: string };

/** The way into the customer portal and back to here; with `flow`, straight to one act. */
export function PortalForm({
  origin,
  label,
  about,
  flow,
  subscriptionId,
  look = "secondary",
}: {
  origin: PortalOrigin;
  label: string;
  /** What it is for, where the same act is offered twice on a page. */
  about?: string | undefined;
  flow?: PortalFlow["flow"];
  subscriptionId?: string | undefined;
  look?: ButtonLook;
}) {
  return (
    <PostForm action="/api/portal" label={about ? `${label}: ${about}` : label}>
      <input type="hidden" name="tenantId" value={origin.tenantId} />
      <input type="hidden" name="returnPath" value={origin.returnPath} />
      {flow && <input type="hidden" name="flow" value={flow} />}
      {subscriptionId && (
        <input type="hidden" name="subscriptionId" value={subscriptionId} />
      )}
      <SubmitButton look={look}>{label}</SubmitButton>
    </PostForm>
  );
}
