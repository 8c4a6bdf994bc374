import type { Metadata } from "next";
import { DoneBanner } from "@/app/_components/done-banner";
import { getFlash } from "@/app/_components/get-flash";
import { oneParam } from "@/app/_components/search-param";
import { PageHeader } from "@/app/_components/ui/page-header";
import { isRecent } from "@/lib/auth/recent-sign-in";
import { requireUser } from "@/lib/auth/session";
import { listSessions } from "@/lib/auth/sessions";
import { DataPart } from "./_components/data-part";
import { doneWords } from "./_components/done-words";
import { EmailPart } from "./_components/email-part";
import { NamePart } from "./_components/name-part";
import { PasswordPart } from "./_components/password-part";
import { SessionsPart } from "./_components/sessions-part";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage(props: PageProps<"/account">) {
  const user = await requireUser("/account");
  const flash = await getFlash();
  const sessions = await listSessions(user);
  const done = oneParam((await props.searchParams)["done"]);
  return (
    <>
      <PageHeader title="Account">
        You, in every workspace that you belong to.
      </PageHeader>
      <DoneBanner code={done} words={doneWords} />
      <NamePart name={user.name} flash={flash} />
      <EmailPart user={user} flash={flash} />
      <PasswordPart flash={flash} />
      <SessionsPart sessions={sessions} />
      <DataPart asksPassword={!isRecent(user)} flash={flash} />
    </>
  );
}
