import type { Metadata } from "next";
import { DoneBanner } from "@/app/_components/done-banner";
import { getFlash } from "@/app/_components/get-flash";
import { oneParam } from "@/app/_components/search-param";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Section } from "@/app/_components/ui/section";
import { listKeys } from "@/lib/auth/api-keys";
import { may } from "@/lib/auth/permissions";
import { isRecent } from "@/lib/auth/recent-sign-in";
import { requireTenant } from "@/lib/auth/session";
import { emptyDetails } from "@/lib/billing/billing-details";
import { getWorkspaceSettings } from "@/lib/billing/workspace-settings";
import { ApiKeys } from "./_components/api-keys";
import { BillingDetailsForm } from "./_components/billing-details-form";
import { DeleteWorkspace } from "./_components/delete-workspace";
import { doneWords } from "./_components/done-words";
import { ExportData } from "./_components/export-data";
import { ReturnAddressesForm } from "./_components/return-addresses-form";
import { WorkspaceForm } from "./_components/workspace-form";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage(
  props: PageProps<"/t/[tenant]/settings">,
) {
  const { tenant: slug } = await props.params;
  const here = `/t/${slug}/settings`;
  const tenant = await requireTenant(slug, "settings.read", here);
  const { tenantId, name, role, user } = tenant;
  const settings = await getWorkspaceSettings(tenant.ctx);
  const keys = await listKeys(tenant.ctx);
  const flash = await getFlash();
  const done = oneParam((await props.searchParams)["done"]);
  const details = settings.details ?? {
    ...emptyDetails,
    name,
    email: user.email,
  };
  return (
    <>
      <PageHeader title="Settings">
        What this workspace is called, what its invoices say, and where its
        buyers come back to.
      </PageHeader>
      <DoneBanner code={done} words={doneWords} />
      <Section id="workspace" title="Name and address">
        <WorkspaceForm {...{ tenantId, name, slug, flash }} />
      </Section>
      <Section
        id="billing-details"
        title="Billing details"
        description="They stand on invoices from now on; the ones you have stay as they are."
      >
        <BillingDetailsForm
          {...{ tenantId, details, flash }}
          otherTaxIds={settings.otherTaxIds}
        />
      </Section>
      <Section
        id="return-addresses"
        title="Return addresses"
        description="For checkouts that you start from a site of your own."
      >
        <ReturnAddressesForm
          {...{ tenantId, slug, flash }}
          addresses={settings.addresses}
        />
      </Section>
      <Section
        id="api-keys"
        title="API keys"
        description="For your own servers. A key may no more than whoever made it, and ends with their membership."
      >
        <ApiKeys
          {...{ tenantId, keys, flash }}
          mayWriteBilling={may(role, "billing.write")}
          asksPassword={!isRecent(user)}
        />
      </Section>
      {may(role, "ownership.write") && (
        <Section
          id="export"
          title="Export"
          description="Every row that is kept of this workspace, with its members and its log."
        >
          <ExportData {...{ tenantId, slug }} />
        </Section>
      )}
      {may(role, "ownership.write") && (
        <Section id="delete" title="Delete this workspace">
          <DeleteWorkspace
            {...{ tenantId, name, flash }}
            livePlans={settings.livePlans}
            asksPassword={!isRecent(user)}
          />
        </Section>
      )}
    </>
  );
}
