import type { Metadata } from "next";
import { Banner } from "@/app/_components/ui/banner";
import { PageHeader } from "@/app/_components/ui/page-header";
import { TextLink } from "@/app/_components/ui/text-link";
import { may } from "@/lib/auth/permissions";
import { requireTenant } from "@/lib/auth/session";
import { billingConcerns } from "@/lib/billing/concerns";
import { getBillingOverview } from "@/lib/billing/overview";
import { concernWords } from "./billing/_components/concern-words";
import { PlanUsage } from "./_components/plan-usage";
import { NextSteps } from "./_components/next-steps";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage(props: PageProps<"/t/[tenant]">) {
  const { tenant: slug } = await props.params;
  const tenant = await requireTenant(slug, "product.read", `/t/${slug}`);
  const overview = await getBillingOverview(tenant.ctx);
  const { rights, usage } = overview;
  const [concern] = may(tenant.role, "billing.read")
    ? billingConcerns(overview).map(concernWords)
    : [];
  return (
    <>
      <PageHeader title={`Welcome, ${tenant.user.name}`}>
        {tenant.name} is on the {rights.plan.name} plan.
      </PageHeader>
      {concern && (
        <Banner tone={concern.tone} title={concern.title}>
          {concern.text}{" "}
          <TextLink href={`/t/${slug}/billing`}>Go to billing</TextLink>
        </Banner>
      )}
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
