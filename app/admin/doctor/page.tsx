import type { Metadata } from "next";
import { Banner } from "@/app/_components/ui/banner";
import { ButtonLink } from "@/app/_components/ui/button-link";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Section } from "@/app/_components/ui/section";
import { requireStaff } from "@/lib/auth/session";
import { checks, lastResort } from "@/lib/doctor/checks";
import { examine } from "@/lib/doctor/examine";
import { AdminPage } from "../_components/admin-page";
import { Findings } from "./_components/findings";

export const metadata: Metadata = { title: "Doctor" };

export default async function DoctorPage() {
  await requireStaff();
  const examined = await examine(checks);
  const wrong = examined.find(({ state }) => state === "wrong");
  return (
    <AdminPage>
      <PageHeader title="Doctor">
        Whether everything works that taking money needs, as it is now. The same
        as <code className="font-mono whitespace-nowrap">npm run doctor</code>.
      </PageHeader>
      {wrong ? (
        <Banner tone="danger" title={`Put “${wrong.name}” right first`}>
          <p>{wrong.found}</p>
        </Banner>
      ) : (
        <Banner tone="good" title="All is well">
          <p>
            Only a webhook proves its secret:{" "}
            <code className="font-mono">npm run doctor -- --live</code> makes
            Stripe send one.
          </p>
        </Banner>
      )}
      <Findings examined={examined} />
      <div>
        <ButtonLink href="/admin/doctor">Look again</ButtonLink>
      </div>
      <Section
        id="last-resort"
        title="If it still does not work"
        description="Look in this order."
      >
        <ol className="grid list-decimal gap-2 pl-5">
          {lastResort.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      </Section>
    </AdminPage>
  );
}
