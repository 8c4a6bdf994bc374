import type { Metric } from "./metric";
import { readMovements, standing } from "./movements";

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
    const { openings, movements } = await readMovements(tx, period);
    const moves = movements.map((one) => ({ ...one, group: one.currency }));
    const won = moves
      .filter(({ kind }) => kind === "new" || kind === "reactivation")
      .map(({ at, group, count }) => ({
        at,
        group,
        key: "won",
        amount: count,
      }));
    const lost = moves
      .filter(({ kind }) => kind === "churn")
      .map(({ at, group, count }) => ({
        at,
        group,
        key: "lost",
        amount: -count,
      }));
    const first = openings.map(({ currency: group, amount, payers: many }) => ({
      group,
      amount,
      many,
    }));
    const many = first.map((one) => ({ group: one.group, amount: one.many }));
    return [
      ...won,
      ...lost,
      ...standing(
        { begin: "opening", end: "closing" },
        many,
        [...won, ...lost],
        period,
      ),
      ...standing({ end: "mrr" }, first, moves, period),
    ];
  },
};
