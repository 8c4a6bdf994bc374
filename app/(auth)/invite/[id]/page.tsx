import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { ResendVerification } from "@/app/_components/resend-verification";
import { SubmitButton } from "@/app/_components/submit-button";
import { ButtonLink } from "@/app/_components/ui/button-link";
import { PageHeader } from "@/app/_components/ui/page-header";
import { getInvitation, type InvitationView } from "@/lib/auth/invitation";
import type { Visitor } from "@/lib/auth/membership";
import { getUser } from "@/lib/auth/session";

export const metadata: Metadata = {
  title: "Invitation",
  robots: { index: false, follow: false },
};

export default async function InvitePage(props: PageProps<"/invite/[id]">) {
  const { id } = await props.params;
  const invitation = await getInvitation(id);
  if (!invitation) notFound();
  const user = await getUser();
  const isTheirs = user?.email === invitation.email;
  if (!invitation.isOpen) {
    return <Over invitation={invitation} isTheirs={isTheirs} />;
  }
  return (
    <>
      <PageHeader title={`Join ${invitation.workspace}`}>
        {invitation.inviter} invites you to work in this workspace, with the
        role {invitation.role}.
      </PageHeader>
      {!user && <Stranger here={`/invite/${id}`} />}
      {user && !isTheirs && <OtherAddress user={user} here={`/invite/${id}`} />}
      {user && isTheirs && <Invited invitation={invitation} user={user} />}
    </>
  );
}

function Over({
  invitation,
  isTheirs,
}: {
  invitation: InvitationView;
  isTheirs: boolean;
}) {
  if (invitation.isAccepted && isTheirs) {
    return (
      <>
        <PageHeader title={`You have joined ${invitation.workspace}`} />
        <ButtonLink href="/t" look="primary">
          Go to your workspaces
        </ButtonLink>
      </>
    );
  }
  return (
    <PageHeader title="This invitation is over">
      It has expired, was withdrawn or was accepted already. Ask{" "}
      {invitation.inviter} for a new one.
    </PageHeader>
  );
}

function Stranger({ here }: { here: string }) {
  const query = `?next=${encodeURIComponent(here)}` as const;
  return (
    <div className="grid gap-3">
      <p className="text-sm text-ink-soft">
        Use the address at which the invitation reached you.
      </p>
      <ButtonLink href={`/sign-up${query}`} look="primary">
        Create an account
      </ButtonLink>
      <ButtonLink href={`/sign-in${query}`}>Sign in</ButtonLink>
    </div>
  );
}

/** Says whose address it is not, but not whose it is. */
function OtherAddress({ user, here }: { user: Visitor; here: string }) {
  return (
    <div className="grid gap-4">
      <p>
        This invitation is for another address. You are signed in as{" "}
        <strong className="wrap-anywhere">{user.email}</strong>.
      </p>
      <PostForm action="/api/sign-out" label="Sign out">
        <input type="hidden" name="next" value={here} />
        <SubmitButton>Sign out and use another account</SubmitButton>
      </PostForm>
    </div>
  );
}

async function Invited({
  invitation,
  user,
}: {
  invitation: InvitationView;
  user: Visitor;
}) {
  if (!user.emailVerified) {
    return (
      <div className="grid gap-4">
        <p>
          Confirm first that{" "}
          <strong className="wrap-anywhere">{user.email}</strong> is your
          address: open the link that we mailed you. It leads back here.
        </p>
        <ResendVerification next={`/invite/${invitation.id}`} />
      </div>
    );
  }
  return (
    <PostForm
      action={`/api/invitations/${invitation.id}/accept`}
      label="Accept the invitation"
      flash={await getFlash()}
    >
      <SubmitButton look="primary">Join {invitation.workspace}</SubmitButton>
    </PostForm>
  );
}
