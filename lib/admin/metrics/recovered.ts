import { readSums } from "./sums";
import type { Metric } from "./metric";

export const recovered: Metric = {
  key: "recovered",
  title: "Recovered revenue",
  definition:
    "Invoices of a running plan that were paid after an attempt to collect them had failed, on the day they were paid. A buyer who tries a second card for a first purchase is not in it.",
  by: "currency",
  figures: [
    {
      key: "recovered",
      label: "Recovered",
      definition: "What those invoices brought in.",
      unit: "money",
      total: "sum",
    },
    {
      key: "invoices",
      label: "Invoices",
      definition: "How many they are.",
      unit: "count",
      total: "sum",
    },
  ],
  charts: [
    {
      title: "Recovered revenue",
      series: [{ key: "recovered", tone: "good" }],
    },
  ],
  read: (tx, period) => readSums(tx, "recovered", period),
};
