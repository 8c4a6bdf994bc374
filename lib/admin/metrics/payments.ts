import { readSums } from "./sums";
import type { Metric } from "./metric";

export const payments: Metric = {
  key: "payments",
  title: "Payments",
  definition:
    "Every attempt to take money, by card or otherwise, on the day it was made. Attempts that a bank has not answered yet are left out until it has.",
  by: null,
  figures: [
    {
      key: "succeeded",
      label: "Succeeded",
      definition: "Attempts that took the money.",
      unit: "count",
      total: "sum",
    },
    {
      key: "failed",
      label: "Failed",
      definition: "Attempts that were declined, or failed otherwise.",
      unit: "count",
      total: "sum",
    },
    {
      key: "attempts",
      label: "Attempts",
      definition: "Those that succeeded and those that failed.",
      unit: "count",
      plus: ["succeeded", "failed"],
    },
    {
      key: "successRate",
      label: "Success rate",
      definition: "Succeeded, as a part of all attempts.",
      unit: "rate",
      ratio: ["succeeded", "attempts"],
    },
    {
      key: "failureRate",
      label: "Failure rate",
      definition: "Failed, as a part of all attempts.",
      unit: "rate",
      ratio: ["failed", "attempts"],
    },
  ],
  charts: [
    {
      title: "Attempts",
      series: [
        { key: "succeeded", tone: "ink" },
        { key: "failed", tone: "danger" },
      ],
    },
  ],
  read: (tx, period) => readSums(tx, "payments", period),
};
