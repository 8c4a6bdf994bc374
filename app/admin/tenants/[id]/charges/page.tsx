import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DoneBanner } from "@/app/_components/done-banner";
import { getFlash } from "@/app/_components/get-flash";
import { oneParam } from "@/app/_components/search-param";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Section } from "@/app/_components/ui/section";
import { TextLink } from "@/app/_components/ui/text-link";
import { getTenantCharges } from "@/lib/admin/charges";
import { requireStaff } from "@/lib/auth/session";
import { AdminPage } from "../../../_components/admin-page";
import { ChargeForm } from "./_components/charge-form";
import { ChargeList } from "./_components/charge-list";
import { doneWords } from "./_components/done-words";

export const metadata: Metadata = { title: "Charges" };

/** Money that is in no catalogue: asked for by mail, or taken from the saved card. */
export default async function ChargesPage(
  props: PageProps<"/admin/tenants/[id]/charges">,
) {
  await requireStaff();
  const { id } = await props.params;
  const tenant = await getTenantCharges(id);
  if (!tenant) notFound();
  const flash = await getFlash();
  const done = oneParam((await props.searchParams)["done"]);
  return (
    <AdminPage>
      <PageHeader title="Charges">
        Of{" "}
        <TextLink href={`/admin/tenants/${tenant.id}`}>{tenant.name}</TextLink>.
      </PageHeader>
      <DoneBanner code={done} words={doneWords} />
      {tenant.isOpen && (
        <Section
          id="ask"
          title="Ask for a payment"
          description="For what no price of the catalogue fits."
        >
          <ChargeForm tenantId={tenant.id} flash={flash} />
        </Section>
      )}
      <Section id="asked" title="Asked for">
        <ChargeList tenant={tenant} flash={flash} />
      </Section>
    </AdminPage>
  );
}
