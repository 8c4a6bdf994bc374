import type { Metadata } from "next";
import { FormAlert } from "@/app/_components/form-alert";
import { getFlash } from "@/app/_components/get-flash";
import { oneParam } from "@/app/_components/search-param";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Section } from "@/app/_components/ui/section";
import { requireTenant } from "@/lib/auth/session";
import { getBillingOverview } from "@/lib/billing/overview";
import { isPlanPrice } from "@/lib/catalog/prices";
import { PlanUsage } from "../_components/plan-usage";
import { CurrentPlan } from "./_components/current-plan";
import { Invoices } from "./_components/invoices";
import { OneTimeForm } from "./_components/one-time-form";
import { OpenCheckouts } from "./_components/open-checkouts";
import { Orders } from "./_components/orders";
import { PlanChooser } from "./_components/plan-chooser";

export const metadata: Metadata = { title: "Billing" };

export default async function BillingPage(
  props: PageProps<"/t/[tenant]/billing">,
) {
  const { tenant: slug } = await props.params;
  const wanted = oneParam((await props.searchParams)["price"]);
  const wantsPlan = wanted !== null && isPlanPrice(wanted);
  const here = `/t/${slug}/billing`;
  const returnPath = wanted
    ? `${here}?price=${encodeURIComponent(wanted)}`
    : here;
  const tenant = await requireTenant(slug, "billing.read", returnPath);
  const { tenantId } = tenant;
  const overview = await getBillingOverview(tenant.ctx);
  const { rights, usage, invoices, orders, subscriptions } = overview;
  const flash = await getFlash();
  return (
    <>
      <PageHeader title="Billing" />
      {flash && <FormAlert problem={flash} />}
      <CurrentPlan overview={overview} tenantId={tenantId} returnPath={here} />
      <OpenCheckouts checkouts={overview.openCheckouts} />
      {wantsPlan && subscriptions.length > 0 && (
        <p>
          This workspace has a plan already. To choose another, end this one
          under Manage subscription first.
        </p>
      )}
      {subscriptions.length === 0 && (
        <PlanChooser tenantId={tenantId} wanted={wanted} />
      )}
      <PlanUsage rights={rights} usage={usage} />
      <Section id="invoices" title="Invoices">
        <Invoices invoices={invoices} />
      </Section>
      <Section id="once" title="One-time purchases">
        <Orders orders={orders} />
        <OneTimeForm tenantId={tenantId} wanted={wanted} />
      </Section>
    </>
  );
}
