import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Badge } from "@/app/_components/ui/badge";
import { Day } from "@/app/_components/ui/day";
import { Select } from "@/app/_components/ui/select";
import type { MemberView } from "@/lib/auth/list-members";
import { mayDecideOver, roles } from "@/lib/auth/permissions";
import { doneWords } from "./done-words";
import { OwnPassword } from "./own-password";
import { roleName, roleNames } from "@/app/_components/role-words";

type Viewer = { userId: string; role: string; asksPassword: boolean };
type Flash = Awaited<ReturnType<typeof getFlash>>;

export function MemberList({
  tenantId,
  members,
  viewer,
  flash,
}: {
  tenantId: string;
  members: readonly MemberView[];
  viewer: Viewer;
  flash: Flash;
}) {
  return (
    <ul className="divide-y">
      {members.map((member) => (
        <li
          key={member.userId}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 md:flex-nowrap"
        >
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
              {member.name}
              {member.userId === viewer.userId && (
                <Badge tone="neutral">You</Badge>
              )}
            </p>
            <p className="text-ink-soft wrap-anywhere">
              {member.email}, since <Day date={member.since} />
            </p>
          </div>
          {mayDecideOver(viewer.role, member.role) ? (
            <Decide
              {...{ tenantId, member, viewer }}
              flash={flashOf(member, flash)}
            />
          ) : (
            <span className="text-ink-soft">{roleName(member.role)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Each line has the same forms: only the one that was sent shows what came back. */
function flashOf(member: MemberView, flash: Flash): Flash {
  return flash?.values["userId"] === member.userId ? flash : null;
}

function Decide({
  tenantId,
  member,
  viewer,
  flash,
}: {
  tenantId: string;
  member: MemberView;
  viewer: Viewer;
  flash: Flash;
}) {
  const { userId, name, role } = member;
  const removal = "/api/members/remove";
  return (
    <div className="flex flex-wrap items-end gap-2 md:shrink-0">
      <PostForm
        key={role}
        action="/api/members/role"
        label={`Role of ${name}`}
        flash={flash}
        done={doneWords.role}
        className="flex flex-wrap items-end gap-2"
      >
        <input type="hidden" name="tenantId" value={tenantId} />
        <input type="hidden" name="userId" value={userId} />
        <Select
          label="Role"
          name="role"
          id={`role-${userId}`}
          defaultValue={role}
          options={roles
            .filter((one) => mayDecideOver(viewer.role, one))
            .map((one) => ({ value: one, label: roleNames[one] }))}
        />
        {viewer.asksPassword && <OwnPassword id={`password-${userId}`} />}
        <SubmitButton>Change role</SubmitButton>
      </PostForm>
      {userId !== viewer.userId && (
        <ConfirmDialog
          trigger="Remove"
          title={`Remove ${name}?`}
          description="They lose access at once. What they made stays in the workspace."
          action={removal}
          fields={{ tenantId, userId }}
          confirm={`Remove ${name}`}
          keep="Keep them"
          flash={flash?.action === removal ? flash : null}
          done={doneWords.removed}
        >
          {viewer.asksPassword && role === "owner" && (
            <OwnPassword id={`remove-password-${userId}`} />
          )}
        </ConfirmDialog>
      )}
    </div>
  );
}
