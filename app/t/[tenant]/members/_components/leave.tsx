import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";

const action = "/api/members/leave";

export function Leave({
  tenantId,
  name,
  flash,
}: {
  tenantId: string;
  name: string;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  return (
    <ConfirmDialog
      trigger="Leave"
      title={`Leave ${name}?`}
      description="You lose access at once. Somebody who stays can invite you again."
      action={action}
      fields={{ tenantId }}
      confirm="Leave workspace"
      keep="Stay"
      flash={flash?.action === action ? flash : null}
    />
  );
}
