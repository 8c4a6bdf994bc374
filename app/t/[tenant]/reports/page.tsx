import type { Metadata } from "next";
import { ButtonLink } from "@/app/_components/ui/button-link";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeader } from "@/app/_components/ui/page-header";
import { may } from "@/lib/auth/permissions";
import { requireTenant } from "@/lib/auth/session";
import { getReport } from "@/lib/projects/projects";
import { Locked } from "./_components/locked";
import { WeeklyChart } from "./_components/weekly-chart";
import { WeeklyTable } from "./_components/weekly-table";

export const metadata: Metadata = { title: "Reports" };

export default async function ReportsPage(
  props: PageProps<"/t/[tenant]/reports">,
) {
  const { tenant: slug } = await props.params;
  const here = `/t/${slug}/reports`;
  const { ctx, role } = await requireTenant(slug, "product.read", here);
  const weeks = await getReport(ctx, 12);
  if (!weeks) {
    return <Locked slug={slug} mayBuy={may(role, "billing.write")} />;
  }
  return (
    <>
      <PageHeader title="Reports">
        Projects begun in each of the last twelve weeks.
      </PageHeader>
      {weeks.some(({ count }) => count > 0) ? (
        <WeeklyChart weeks={weeks} />
      ) : (
        <EmptyState
          title="No project in the last twelve weeks"
          action={
            may(role, "product.write") && (
              <ButtonLink href={`/t/${slug}/projects`} look="primary">
                Create a project
              </ButtonLink>
            )
          }
        >
          Each project you create adds to the bar of its week.
        </EmptyState>
      )}
      <WeeklyTable weeks={weeks} />
    </>
  );
}
