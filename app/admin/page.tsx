import type { Metadata } from "next";
import { Day } from "@/app/_components/ui/day";
import { PageHeader } from "@/app/_components/ui/page-header";
import { getMetrics } from "@/lib/admin/metrics/metrics";
import { metricsFilter } from "@/lib/admin/metrics/period";
import { requireStaff } from "@/lib/auth/session";
import { AdminPage } from "./_components/admin-page";
import { Contents } from "./_components/metrics/contents";
import { MetricPart } from "./_components/metrics/metric-part";
import { PeriodForm } from "./_components/metrics/period-form";

export const metadata: Metadata = { title: "Metrics" };

export default async function MetricsPage(props: PageProps<"/admin">) {
  await requireStaff();
  const query = metricsFilter.parse(await props.searchParams);
  const { period, measured } = await getMetrics(query);
  return (
    <AdminPage>
      <PageHeader title="Metrics">
        All workspaces together, in UTC, each currency by itself. From{" "}
        <Day date={period.from} /> on; the newest {period.step} may not be over.
      </PageHeader>
      <PeriodForm query={query} />
      <Contents metrics={measured.map(({ metric }) => metric)} />
      {measured.map((one) => (
        <MetricPart key={one.metric.key} measured={one} query={query} />
      ))}
    </AdminPage>
  );
}
