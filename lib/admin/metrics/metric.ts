import type { Transaction } from "@/lib/platform/db";
import type { Period } from "./period";

/** How a figure comes about: read, or computed of others of the same step. `total`: what it is over all steps. */
type Source =
  | { total: "sum" | "first" | "last" }
  | { plus: readonly string[] }
  | { ratio: readonly [over: string, under: string] };

export type Figure = {
  key: string;
  label: string;
  /** One sentence, shown beside it and in docs/metrics.md. */
  definition: string;
  unit: "count" | "money" | "rate";
} & Source;

export type Tone = "ink" | "soft" | "good" | "warning" | "danger";

/** Figures drawn over time: what is positive is piled upwards, what is negative downwards. */
export type Chart = {
  title: string;
  series: readonly { key: string; tone: Tone }[];
};

/** What was read of one figure in one step. Several of the same are added up. */
export type Cell = {
  at: Date;
  /** A currency or a reason; empty where a metric has no groups. */
  group: string;
  key: string;
  amount: bigint;
};

export type Metric = {
  key: string;
  title: string;
  definition: string;
  /** Money of two currencies is never added. */
  by: "currency" | "reason" | null;
  figures: readonly Figure[];
  charts: readonly Chart[];
  /** By ranges of time alone, of our own mode; a step without anything is left out. */
  read(tx: Transaction, period: Period): Promise<Cell[]>;
};
