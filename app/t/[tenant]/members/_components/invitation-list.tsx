import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Badge } from "@/app/_components/ui/badge";
import { Day } from "@/app/_components/ui/day";
import type { InvitationRow } from "@/lib/auth/list-members";
import { mayDecideOver } from "@/lib/auth/permissions";
import { doneWords } from "./done-words";
import { roleName } from "@/app/_components/role-words";

type Flash = Awaited<ReturnType<typeof getFlash>>;

export function InvitationList({
  tenantId,
  invitations,
  viewerRole,
  flash,
}: {
  tenantId: string;
  invitations: readonly InvitationRow[];
  viewerRole: string;
  flash: Flash;
}) {
  if (invitations.length === 0) {
    return (
      <p className="text-ink-soft">
        Nobody is invited at the moment. Whom you invite above stands here until
        they join.
      </p>
    );
  }
  return (
    <ul className="divide-y">
      {invitations.map((invitation) => (
        <li
          key={invitation.id}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0"
        >
          <Words invitation={invitation} />
          {mayDecideOver(viewerRole, invitation.role) && (
            <Decide {...{ tenantId, invitation, flash }} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Words({ invitation }: { invitation: InvitationRow }) {
  const { email, role, inviter, expiresAt, isOpen } = invitation;
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
        {email}
        {!isOpen && <Badge tone="warning">Expired</Badge>}
      </p>
      <p className="text-ink-soft">
        {roleName(role)}, invited by {inviter},{" "}
        {isOpen ? "stands until" : "stood until"} <Day date={expiresAt} />
      </p>
    </div>
  );
}

function Decide({
  tenantId,
  invitation: { id, email },
  flash,
}: {
  tenantId: string;
  invitation: InvitationRow;
  flash: Flash;
}) {
  const revocation = `/api/invitations/${id}/revoke` as const;
  return (
    <div className="flex flex-wrap items-end gap-2">
      <PostForm
        action={`/api/invitations/${id}/resend`}
        label={`Send the invitation of ${email} again`}
        flash={flash}
        done={doneWords.resent}
      >
        <input type="hidden" name="tenantId" value={tenantId} />
        <SubmitButton>Send again</SubmitButton>
      </PostForm>
      <ConfirmDialog
        trigger="Withdraw"
        title="Withdraw this invitation?"
        description={`The link that ${email} has opens nothing any more.`}
        action={revocation}
        fields={{ tenantId }}
        confirm="Withdraw invitation"
        flash={flash?.action === revocation ? flash : null}
        done={doneWords.revoked}
      />
    </div>
  );
}
