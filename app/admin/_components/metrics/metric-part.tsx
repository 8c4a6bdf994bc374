import { EmptyState } from "@/app/_components/ui/empty-state";
import { Section } from "@/app/_components/ui/section";
import { Stats } from "@/app/_components/ui/stat";
import { PlainLink } from "@/app/_components/ui/text-link";
import type { Series } from "@/lib/admin/metrics/measure";
import type { Metric } from "@/lib/admin/metrics/metric";
import type { Measured } from "@/lib/admin/metrics/metrics";
import { asText, type MetricsQuery } from "@/lib/admin/metrics/period";
import { ReasonTable } from "./reason-table";
import { StepChart } from "./step-chart";
import { StepTable } from "./step-table";
import { written } from "./written";

/** One metric: what it means, what it comes to, how it went, and the numbers behind that. */
export function MetricPart({
  measured: { metric, series },
  query,
}: {
  measured: Measured;
  query: MetricsQuery;
}) {
  const { key, title, definition, by } = metric;
  return (
    <Section id={key} title={title} description={definition}>
      {series.length === 0 ? (
        <EmptyState title="Nothing in this time">
          Figures appear here as soon as there is something to count.
        </EmptyState>
      ) : (
        <div className="grid gap-8">
          {by === "reason" ? (
            <ReasonTable metric={metric} series={series} />
          ) : (
            series.map((one) => (
              <Group key={one.group} metric={metric} series={one} />
            ))
          )}
          <p>
            <PlainLink
              href={`/api/admin/metrics/${key}?${asText(query)}`}
              label={`Download ${title} as CSV`}
            >
              Download as CSV
            </PlainLink>
          </p>
        </div>
      )}
    </Section>
  );
}

function Group({ metric, series }: { metric: Metric; series: Series }) {
  return (
    <div className="grid gap-6">
      {metric.by && (
        <h3 className="font-medium">{series.group.toUpperCase()}</h3>
      )}
      <Stats
        stats={metric.figures.map((figure) => ({
          label: figure.label,
          value: written(figure, series.total[figure.key], series.group),
          note: figure.definition,
        }))}
      />
      <div className="grid gap-6 md:grid-cols-[repeat(auto-fit,minmax(20rem,1fr))]">
        {metric.charts.map((chart) => (
          <StepChart
            key={chart.title}
            id={`${metric.key}-${series.group}-${chart.series[0]?.key}`}
            chart={chart}
            figures={metric.figures}
            series={series}
          />
        ))}
      </div>
      <StepTable metric={metric} series={series} />
    </div>
  );
}
