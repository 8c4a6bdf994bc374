import type { Figure, Metric } from "./metric";
import { readBefore, readSums } from "./sums";
import { standing } from "./standing";

const flow = (key: string, label: string, definition: string): Figure => ({
  key,
  label,
  definition,
  unit: "money",
  total: "sum",
});

export const mrr: Metric = {
  key: "mrr",
  title: "Monthly recurring revenue",
  definition:
    "What the plans in force bring in a month: licensed prices times quantity after discounts that last, a year as twelve months, a week as 12/52 of a month and a day as 12/365 of one. Plans count while active or past due and not paused; trials do not. Left out are tax; tiered and metered prices, and those in fractions of a minor unit; and discounts of the customer, of one item or of one invoice.",
  by: "currency",
  figures: [
    {
      key: "opening",
      label: "At the beginning",
      definition: "What it was when the time shown began.",
      unit: "money",
      total: "first",
    },
    flow("new", "New", "From workspaces that had never paid in this currency."),
    flow(
      "reactivation",
      "Reactivation",
      "From workspaces that had paid before, and paid nothing since.",
    ),
    flow("expansion", "Expansion", "More from workspaces that paid already."),
    flow(
      "contraction",
      "Contraction",
      "Less from workspaces that still pay something.",
    ),
    flow("churn", "Churn", "From workspaces that pay nothing any more."),
    {
      key: "closing",
      label: "MRR",
      definition: "What it is at the end: the sum of all that stands before.",
      unit: "money",
      total: "last",
    },
    {
      key: "lost",
      label: "Lost",
      definition: "Contraction and churn.",
      unit: "money",
      plus: ["contraction", "churn"],
    },
    {
      key: "churnRate",
      label: "Revenue churn",
      definition: "Lost, as a part of what it was at the beginning.",
      unit: "rate",
      ratio: ["lost", "opening"],
    },
  ],
  charts: [
    {
      title: "MRR over time",
      series: [{ key: "closing", tone: "ink" }],
    },
    {
      title: "What moved it",
      series: [
        { key: "new", tone: "good" },
        { key: "reactivation", tone: "soft" },
        { key: "expansion", tone: "ink" },
        { key: "contraction", tone: "warning" },
        { key: "churn", tone: "danger" },
      ],
    },
  ],
  async read(tx, period) {
    const openings = await readBefore(tx, "mrr", period.from);
    const moves = await readSums(tx, "mrr", period);
    const keys = { begin: "opening", end: "closing" };
    return [...moves, ...standing(keys, openings, moves, period)];
  },
};
