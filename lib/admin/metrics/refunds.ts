import { readSums } from "./sums";
import type { Metric } from "./metric";

export const refunds: Metric = {
  key: "refunds",
  title: "Refunds",
  definition:
    "Payments that were given back, wholly or in part, beside those that succeeded in the same time. Refunds that failed or were called off do not count.",
  by: null,
  figures: [
    {
      key: "paid",
      label: "Payments",
      definition: "Payments that succeeded.",
      unit: "count",
      total: "sum",
    },
    {
      key: "refunded",
      label: "Refunded",
      definition:
        "Payments of which something was given back for the first time, whenever they were made.",
      unit: "count",
      total: "sum",
    },
    {
      key: "refundRate",
      label: "Refund rate",
      definition: "Refunded, for each payment that succeeded.",
      unit: "rate",
      ratio: ["refunded", "paid"],
    },
  ],
  charts: [
    {
      title: "Refunded payments",
      series: [{ key: "refunded", tone: "warning" }],
    },
  ],
  read: (tx, period) => readSums(tx, "refunds", period),
};
