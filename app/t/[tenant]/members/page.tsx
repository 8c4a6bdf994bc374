import type { Metadata } from "next";
import { DoneBanner } from "@/app/_components/done-banner";
import { getFlash } from "@/app/_components/get-flash";
import { oneParam } from "@/app/_components/search-param";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Section } from "@/app/_components/ui/section";
import { Usage } from "@/app/_components/ui/usage";
import { getMembersPage } from "@/lib/auth/list-members";
import { may, mayDecideOver, roles } from "@/lib/auth/permissions";
import { isRecent } from "@/lib/auth/recent-sign-in";
import { requireTenant } from "@/lib/auth/session";
import { doneWords } from "./_components/done-words";
import { InvitationList } from "./_components/invitation-list";
import { InviteForm } from "./_components/invite-form";
import { Leave } from "./_components/leave";
import { MemberList } from "./_components/member-list";
import { RoleTable } from "./_components/role-table";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage(
  props: PageProps<"/t/[tenant]/members">,
) {
  const { tenant: slug } = await props.params;
  const tenant = await requireTenant(
    slug,
    "members.read",
    `/t/${slug}/members`,
  );
  const { tenantId, user, role } = tenant;
  const { members, invitations, seats } = await getMembersPage(tenant.ctx);
  const flash = await getFlash();
  const done = oneParam((await props.searchParams)["done"]);
  const decides = may(role, "members.write");
  const asksPassword = may(role, "ownership.write") && !isRecent(user);
  return (
    <>
      <PageHeader title="Members">
        Who works in this workspace, and what each may do.
      </PageHeader>
      <DoneBanner code={done} words={doneWords} />
      <div className="grid items-end gap-6 md:grid-cols-2">
        {decides && (
          <InviteForm
            tenantId={tenantId}
            slug={slug}
            roles={roles.filter((one) => mayDecideOver(role, one))}
            mayBuy={may(role, "billing.write")}
            asksPassword={asksPassword}
            flash={flash}
          />
        )}
        <Usage
          label={`Seats on the ${seats.plan} plan, invitations included`}
          used={seats.used}
          limit={seats.limit}
        />
      </div>
      <Section id="members" title="Members">
        <MemberList
          tenantId={tenantId}
          members={members}
          viewer={{ userId: user.userId, role, asksPassword }}
          flash={flash}
        />
      </Section>
      {decides && (
        <Section id="invitations" title="Invitations">
          <InvitationList
            tenantId={tenantId}
            invitations={invitations}
            viewerRole={role}
            flash={flash}
          />
        </Section>
      )}
      <Section id="roles" title="What each role may do">
        <RoleTable />
      </Section>
      <Section id="leave" title="Leave this workspace">
        <Leave tenantId={tenantId} name={tenant.name} flash={flash} />
      </Section>
    </>
  );
}
