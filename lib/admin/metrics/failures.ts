import { readSums } from "./sums";
import type { Metric } from "./metric";

export const failures: Metric = {
  key: "failures",
  title: "Why payments failed",
  definition:
    "Failed attempts by the reason that the bank or Stripe gave, in Stripe’s word for it, most frequent first.",
  by: "reason",
  figures: [
    {
      key: "failed",
      label: "Failed attempts",
      definition: "Attempts that failed for this reason.",
      unit: "count",
      total: "sum",
    },
  ],
  charts: [],
  read: (tx, period) => readSums(tx, "failures", period),
};
