import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";
import { Select } from "@/app/_components/ui/select";
import type { Role } from "@/lib/auth/permissions";
import { doneWords } from "./done-words";
import { OwnPassword } from "./own-password";
import { roleNames } from "@/app/_components/role-words";

const action = "/api/invitations";

export function InviteForm({
  tenantId,
  slug,
  roles,
  mayBuy,
  asksPassword,
  flash,
}: {
  tenantId: string;
  slug: string;
  roles: readonly Role[];
  mayBuy: boolean;
  asksPassword: boolean;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const typed = flash?.action === action ? flash.values : {};
  return (
    <PostForm
      action={action}
      label="Invite somebody"
      flash={flash}
      done={doneWords.invited}
      remedies={{
        ...(mayBuy && {
          limit_reached: {
            label: "See plans",
            href: `/t/${slug}/billing#plans`,
          },
        }),
        email_not_verified: { label: "Your account", href: "/account#email" },
      }}
    >
      <input type="hidden" name="tenantId" value={tenantId} />
      <Field
        label="Email"
        name="email"
        type="email"
        autoComplete="off"
        required
        maxLength={254}
        defaultValue={typed["email"]}
      />
      {asksPassword && <OwnPassword id="invite-password" />}
      <div className="flex items-end gap-2">
        <div className="grow">
          <Select
            label="Role"
            name="role"
            defaultValue={typed["role"] || "member"}
            options={roles.map((role) => ({
              value: role,
              label: roleNames[role],
            }))}
          />
        </div>
        <SubmitButton look="primary">Send invitation</SubmitButton>
      </div>
    </PostForm>
  );
}
