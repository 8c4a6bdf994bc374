import type { Mutant } from "./mutants";

const flow = (name: string) => `tests/flows/${name}.test.ts`;
const unit = (name: string) => `tests/unit/${name}.test.ts`;

/** What makes a figure wrong without anything failing, each as somebody would write it. */
export const metricMutants: readonly Mutant[] = [
  {
    name: "a trial counts as revenue",
    file: "lib/sync/monthly-amount.ts",
    find: '["active", "past_due"]',
    replace: '["active", "past_due", "trialing"]',
    tests: [unit("monthly-amount")],
  },
  {
    name: "each item is rounded by itself",
    file: "lib/sync/monthly-amount.ts",
    find: "items.data.map(itemMonth).reduce(plus, [0n, 1n])",
    replace:
      "items.data.map((one): Fraction => [rounded(itemMonth(one)), 1n]).reduce(plus, [0n, 1n])",
    tests: [unit("monthly-amount")],
  },
  {
    name: "plans of one workspace that change at once are written down side by side",
    file: "prisma/migrations/20261122010100_metrics/migration.sql",
    find: "  total := COALESCE(last.after, 0) + change;",
    replace: "  total := NEW.monthly_amount;",
    tests: [flow("mrr")],
  },
  {
    name: "what a workspace lost and has again counts as new",
    file: "prisma/migrations/20261122010100_metrics/migration.sql",
    find: "CASE WHEN last.number IS NULL THEN 'new'",
    replace: "CASE WHEN COALESCE(last.after, 0) = 0 THEN 'new'",
    tests: [flow("mrr")],
  },
  {
    name: "an end is dated by when we heard of it",
    file: "lib/sync/subscription.ts",
    find: "  if (ended !== null) return fromUnix(ended);\n",
    replace: "",
    tests: [flow("mrr")],
  },
  {
    name: "two currencies are added up",
    file: "lib/admin/metrics/measure.ts",
    find: "cells.filter((cell) => cell.group === group)",
    replace: "cells.filter((cell) => cell.group >= group)",
    tests: [unit("metrics")],
  },
  {
    name: "a payment that was refunded again counts then, not when it first was",
    file: "lib/admin/metrics/added.ts",
    find: "(earlier.created_at, earlier.id) < (refund.created_at, refund.id)",
    replace:
      "(earlier.created_at, earlier.id) > (refund.created_at, refund.id)",
    tests: [flow("metrics")],
  },
  {
    name: "events of a day that are deleted take their count along",
    file: "lib/webhooks/days.ts",
    find: "      WHERE excluded.delivered + excluded.missed >= stored.delivered + stored.missed",
    replace: "",
    tests: [flow("webhook-days")],
  },
  {
    name: "a refund that is told of late is not in what was kept of its day",
    file: "prisma/migrations/20261122051500_metric_sums/migration.sql",
    find: "AFTER INSERT OR UPDATE OR DELETE ON refund",
    replace: "AFTER DELETE ON refund",
    tests: [flow("metric-sums")],
  },
  {
    name: "a late payment does not convert a trial whose day was kept",
    file: "prisma/migrations/20261122051500_metric_sums/migration.sql",
    find: "AND id IN (NEW.subscription_id, OLD.subscription_id)",
    replace: "AND id IS NULL",
    tests: [flow("metric-sums")],
  },
  {
    name: "what was noted a moment ago is forgotten with what was noted before",
    file: "lib/admin/metrics/keep-sums.ts",
    find: "        AND noted_at < now() - ${settled}`;",
    replace: "`;",
    tests: [flow("metric-sums")],
  },
  {
    name: "what was kept counts although something was told of it since",
    file: "lib/admin/metrics/sums.ts",
    find: "stop > until OR start IN (SELECT start FROM late) AS anew",
    replace: "stop > until AS anew",
    tests: [flow("metric-sums")],
  },
  {
    name: "hours that were kept stay beside their day",
    file: "lib/admin/metrics/keep-sums.ts",
    find: "start >= ${start} AND start < ${stop}`;",
    replace: "start = ${start}`;",
    tests: [flow("metric-sums")],
  },
  {
    name: "a spreadsheet runs what a bank wrote",
    file: "lib/admin/metrics/csv.ts",
    find: "? `'${text}` : text",
    replace: "? text : text",
    tests: [unit("metrics")],
  },
];
