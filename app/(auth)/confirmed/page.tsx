import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ResendVerification } from "@/app/_components/resend-verification";
import { oneParam } from "@/app/_components/search-param";
import { ButtonLink } from "@/app/_components/ui/button-link";
import { PageHeader } from "@/app/_components/ui/page-header";
import { getUser } from "@/lib/auth/session";
import { toSignedIn } from "../_components/to-signed-in";

export const metadata: Metadata = {
  title: "Your email address",
  robots: { index: false, follow: false },
};

/** Where the links of confirmation mails end. */
export default async function ConfirmedPage(props: PageProps<"/confirmed">) {
  const params = await props.searchParams;
  const next = oneParam(params["next"]);
  const user = await getUser();
  if (!oneParam(params["error"])) {
    if (next) redirect(toSignedIn(next));
    return (
      <>
        <PageHeader title="Your email address is confirmed">
          Invitations and receipts can reach you now.
        </PageHeader>
        <ButtonLink href="/t" look="primary">
          Go on
        </ButtonLink>
      </>
    );
  }
  return (
    <>
      <PageHeader title="This link works no more">
        It has expired, or it was used already.
      </PageHeader>
      {user && !user.emailVerified ? (
        <ResendVerification next={toSignedIn(next)} />
      ) : (
        <ButtonLink href="/account">See your account</ButtonLink>
      )}
    </>
  );
}
