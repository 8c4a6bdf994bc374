import { readSums } from "./sums";
import type { Metric } from "./metric";

export const revenue: Metric = {
  key: "revenue",
  title: "Revenue",
  definition:
    "Money that came and went, each on its own day: plans and purchases, tax included, Stripe’s fees not taken off. What was paid outside of Stripe is not in it.",
  by: "currency",
  figures: [
    {
      key: "gross",
      label: "Gross",
      definition: "What payments brought in.",
      unit: "money",
      total: "sum",
    },
    {
      key: "refunded",
      label: "Refunded",
      definition:
        "What was given back, whenever it was paid. A refund that failed is here again.",
      unit: "money",
      total: "sum",
    },
    {
      key: "disputed",
      label: "Disputed",
      definition:
        "What banks have claimed and not given back, on the day they claimed it.",
      unit: "money",
      total: "sum",
    },
    {
      key: "net",
      label: "Net",
      definition: "Gross, less what was refunded and disputed.",
      unit: "money",
      plus: ["gross", "refunded", "disputed"],
    },
  ],
  charts: [
    {
      title: "Gross revenue, and what went back",
      series: [
        { key: "gross", tone: "ink" },
        { key: "refunded", tone: "warning" },
        { key: "disputed", tone: "danger" },
      ],
    },
  ],
  read: (tx, period) => readSums(tx, "revenue", period),
};
