import type { Metadata } from "next";
import { PageHeader } from "@/app/_components/ui/page-header";
import { may } from "@/lib/auth/permissions";
import { requireTenant } from "@/lib/auth/session";
import { getBillingOverview } from "@/lib/billing/overview";
import { PlanUsage } from "./_components/plan-usage";
import { NextSteps } from "./_components/next-steps";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage(props: PageProps<"/t/[tenant]">) {
  const { tenant: slug } = await props.params;
  const tenant = await requireTenant(slug, "product.read", `/t/${slug}`);
  const { rights, usage } = await getBillingOverview(tenant.ctx);
  return (
    <>
      <PageHeader title={`Welcome, ${tenant.user.name}`}>
        {tenant.name} is on the {rights.plan.name} plan.
      </PageHeader>
      <NextSteps
        slug={slug}
        hasProjects={usage.projects > 0}
        hasReports={rights.has("reports")}
        mayCreate={may(tenant.role, "product.write")}
        mayBuy={may(tenant.role, "billing.write")}
      />
      <PlanUsage rights={rights} usage={usage} />
    </>
  );
}
