import { readSums } from "./sums";
import type { Metric } from "./metric";

export const disputes: Metric = {
  key: "disputes",
  title: "Disputes",
  definition:
    "Payments whose owner had the bank claim them back, beside those that succeeded in the same time, as card networks count. A bank that only asks does not count, nor does a claim that was settled before it became one.",
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
      key: "disputed",
      label: "Disputes",
      definition: "Disputes that were opened, however they ended.",
      unit: "count",
      total: "sum",
    },
    {
      key: "disputeRate",
      label: "Dispute rate",
      definition: "Disputes, for each payment that succeeded.",
      unit: "rate",
      ratio: ["disputed", "paid"],
    },
  ],
  charts: [
    { title: "Disputes", series: [{ key: "disputed", tone: "danger" }] },
  ],
  read: (tx, period) => readSums(tx, "disputes", period),
};
