import { readSums } from "./sums";
import type { Metric } from "./metric";

export const trials: Metric = {
  key: "trials",
  title: "Trials",
  definition:
    "Trials by the day on which they ended or were to end, and what became of them up to now. Those still running are left out.",
  by: null,
  figures: [
    {
      key: "converted",
      label: "Converted",
      definition: "Trials whose plan was paid for since.",
      unit: "count",
      total: "sum",
    },
    {
      key: "unpaid",
      label: "Not converted",
      definition: "Trials whose plan was never paid for.",
      unit: "count",
      total: "sum",
    },
    {
      key: "ended",
      label: "Ended",
      definition: "All trials that are over.",
      unit: "count",
      plus: ["converted", "unpaid"],
    },
    {
      key: "conversion",
      label: "Trial conversion",
      definition: "Converted, as a part of those that ended.",
      unit: "rate",
      ratio: ["converted", "ended"],
    },
  ],
  charts: [
    {
      title: "Trials that ended",
      series: [
        { key: "converted", tone: "ink" },
        { key: "unpaid", tone: "danger" },
      ],
    },
  ],
  read: (tx, period) => readSums(tx, "trials", period),
};
