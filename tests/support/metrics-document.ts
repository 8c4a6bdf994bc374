import { metrics } from "@/lib/admin/metrics/metrics";

/** docs/metrics.md, made of what the metrics say of themselves. */
export function metricsDocument(): string {
  const parts = metrics.map(({ title, definition, figures }) => {
    const rows = figures.map(
      (figure) => `| ${figure.label} | ${figure.definition} |`,
    );
    return [
      `## ${title}`,
      "",
      definition,
      "",
      "| figure | is |",
      "| --- | --- |",
      ...rows,
    ];
  });
  return [...intro, ...parts.flatMap((part) => ["", ...part]), ""].join("\n");
}

const intro = [
  "# Metrics",
  "",
  "Staff see these at `/admin`, over thirty days, twelve weeks or twelve months, in UTC, and can download each as CSV (`GET /api/admin/metrics/{metric}?period=12m&until=2026-12-31`). All workspaces count together, each currency by itself, test mode and live mode apart. Where there is nothing to divide by, a dash is shown and the CSV is empty. What is lost or goes back is negative.",
  "",
  "What they are read from, and how far that can be trusted, is told in [a decision](decisions/0015-what-metrics-are-read-from.md).",
];
