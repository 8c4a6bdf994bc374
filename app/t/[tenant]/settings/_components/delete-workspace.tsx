import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";
import { PasswordAgain } from "@/app/_components/password-again";
import { Field } from "@/app/_components/ui/field";

const action = "/api/settings/close";

/** Says what ends before it asks for the name and the password. */
export function DeleteWorkspace({
  tenantId,
  name,
  livePlans,
  asksPassword,
  flash,
}: {
  tenantId: string;
  name: string;
  livePlans: readonly string[];
  asksPassword: boolean;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const own = flash?.action === action ? flash : null;
  const plans =
    livePlans.length > 0
      ? `Your plan (${livePlans.join(", ")}) is cancelled at once, and nothing is refunded. `
      : "";
  return (
    <div className="grid max-w-180 justify-items-start gap-4">
      <p className="text-pretty text-ink-soft">
        {plans}Every member loses access and invitations end. Invoices and the
        audit log are kept, as the law asks. This cannot be undone.
      </p>
      <ConfirmDialog
        trigger="Delete this workspace"
        look="danger"
        title={`Delete ${name}?`}
        description={`${plans}Everybody loses access, and it cannot be undone.`}
        action={action}
        fields={{ tenantId }}
        confirm="Delete workspace"
        keep="Keep workspace"
        flash={own}
      >
        <Field
          id="close-name"
          label={`Type “${name}” to confirm`}
          name="name"
          required
          autoComplete="off"
          spellCheck={false}
          defaultValue={own?.values["name"]}
        />
        {asksPassword && <PasswordAgain />}
      </ConfirmDialog>
    </div>
  );
}
