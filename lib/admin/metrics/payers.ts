import type { Metric } from "./metric";
import { readBefore, readSums } from "./sums";
import { standing } from "./standing";

export const payers: Metric = {
  key: "payers",
  title: "Paying workspaces",
  definition:
    "Workspaces with monthly recurring revenue in a currency: how many, what one of them brings in, and how many are lost.",
  by: "currency",
  figures: [
    {
      key: "opening",
      label: "At the beginning",
      definition: "How many paid when the time shown began.",
      unit: "count",
      total: "first",
    },
    {
      key: "won",
      label: "Won",
      definition: "That began to pay, for the first time or again.",
      unit: "count",
      total: "sum",
    },
    {
      key: "lost",
      label: "Lost",
      definition: "That pay nothing any more.",
      unit: "count",
      total: "sum",
    },
    {
      key: "closing",
      label: "Paying",
      definition: "How many pay at the end.",
      unit: "count",
      total: "last",
    },
    {
      key: "mrr",
      label: "MRR",
      definition: "Monthly recurring revenue at the end.",
      unit: "money",
      total: "last",
    },
    {
      key: "arpa",
      label: "ARPA",
      definition: "MRR at the end, by paying workspace.",
      unit: "money",
      ratio: ["mrr", "closing"],
    },
    {
      key: "churnRate",
      label: "Churn",
      definition: "Lost, as a part of those that paid at the beginning.",
      unit: "rate",
      ratio: ["lost", "opening"],
    },
  ],
  charts: [
    { title: "Paying workspaces", series: [{ key: "closing", tone: "ink" }] },
    {
      title: "Won and lost",
      series: [
        { key: "won", tone: "good" },
        { key: "lost", tone: "danger" },
      ],
    },
  ],
  async read(tx, period) {
    const [many, amount] = [
      await readBefore(tx, "payers", period.from),
      await readBefore(tx, "mrr", period.from),
    ];
    const moves = await readSums(tx, "payers", period);
    const amounts = await readSums(tx, "mrr", period);
    return [
      ...moves,
      ...standing({ begin: "opening", end: "closing" }, many, moves, period),
      ...standing({ end: "mrr" }, amount, amounts, period),
    ];
  },
};
