import { systemDb } from "@/lib/platform/db";
import { disputes } from "./disputes";
import { failures } from "./failures";
import { measure, type Series } from "./measure";
import type { Metric } from "./metric";
import { mrr } from "./mrr";
import { payers } from "./payers";
import { payments } from "./payments";
import { periodOf, type MetricsQuery, type Period } from "./period";
import { recovered } from "./recovered";
import { refunds } from "./refunds";
import { revenue } from "./revenue";
import { trials } from "./trials";
import { webhooks } from "./webhooks";

/** In the order in which they are shown, and told of in docs/metrics.md. */
export const metrics: readonly Metric[] = [
  mrr,
  payers,
  revenue,
  recovered,
  trials,
  payments,
  failures,
  refunds,
  disputes,
  webhooks,
];

export type Measured = { metric: Metric; series: Series[] };

/** All figures over the time asked for, of every workspace. */
export async function getMetrics(
  query: MetricsQuery,
  now = new Date(),
): Promise<{ period: Period; measured: Measured[] }> {
  const period = periodOf(query, now);
  const measured: Measured[] = [];
  // One after another, and each by itself: what a year of a large shop takes is more than one transaction may.
  for (const metric of metrics) {
    const cells = await systemDb("metrics for staff", (tx) =>
      metric.read(tx, period),
    );
    measured.push({ metric, series: measure(metric, cells, period) });
  }
  return { period, measured };
}
