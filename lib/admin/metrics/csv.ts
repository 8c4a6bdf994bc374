import { z } from "zod";
import { systemDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { toDecimal } from "@/lib/platform/money";
import { measure, type Series, type Value } from "./measure";
import type { Figure, Metric } from "./metric";
import { metrics } from "./metrics";
import { metricsRequest, periodOf } from "./period";

export const metricFile = metricsRequest.extend({
  metric: z.string().max(40),
});

/**
 * One metric as a table: a line for each step of each group. Money in major units, rates as parts of one; what
 * cannot be computed is empty. Throws not_found for a metric that there is not.
 */
export async function getMetricFile(
  { metric: key, ...query }: z.infer<typeof metricFile>,
  now = new Date(),
): Promise<Response> {
  const metric = metrics.find((one) => one.key === key);
  if (!metric) throw new AppError("not_found");
  const period = periodOf(query, now);
  const cells = await systemDb("a metric as a file", (tx) =>
    metric.read(tx, period),
  );
  const name = `${key}-${query.period}-${period.to.toISOString().slice(0, 10)}`;
  return new Response(toCsv(metric, measure(metric, cells, period)), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}.csv"`,
    },
  });
}

/** RFC 4180. */
export function toCsv(
  { by, figures }: Pick<Metric, "by" | "figures">,
  series: readonly Series[],
): string {
  const head = ["From", ...(by ? [by] : []), ...figures.map((f) => f.label)];
  const lines = series.flatMap(({ group, steps }) =>
    steps.map(({ at, values }) => [
      at.toISOString().slice(0, 10),
      ...(by ? [asText(group)] : []),
      ...figures.map((figure) => written(figure, values[figure.key], group)),
    ]),
  );
  return [head, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

function written(
  { unit }: Figure,
  value: Value | undefined,
  currency: string,
): string {
  if (value === null || value === undefined) return "";
  if (unit === "money" && typeof value === "bigint")
    return toDecimal({ amount: value, currency });
  return unit === "rate" ? Number(value).toFixed(4) : String(value);
}

/** A reason is a bank's own word: a spreadsheet must not run it. */
function asText(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
