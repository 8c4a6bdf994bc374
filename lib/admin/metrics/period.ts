import { z } from "zod";
import { after, days } from "@/lib/platform/time";

/** Each of a whole number of steps, the last of which holds `until` and may not be over. */
const spans = {
  "30d": { steps: 30, step: "day" },
  "12w": { steps: 12, step: "week" },
  "12m": { steps: 12, step: "month" },
} as const;

type PeriodName = keyof typeof spans;
type Step = (typeof spans)[PeriodName]["step"];

const name = z.enum(["30d", "12w", "12m"]);
const day = z.iso.date().refine((text) => text >= "2000" && text < "2100");

export const metricsRequest = z.strictObject({
  period: name.default("30d"),
  /** Its last day; today unless told. */
  until: day.optional(),
});

/** As a page takes it: what makes no sense is left out. */
export const metricsFilter = z.object({
  period: name.catch("30d"),
  until: day.optional().catch(undefined),
});

export type MetricsQuery = z.infer<typeof metricsFilter>;

/** As it stands in an address. */
export function asText({ period, until }: MetricsQuery): string {
  return new URLSearchParams({ period, ...(until && { until }) }).toString();
}

/** From the first moment to just before the last, in UTC, because that is the zone in which Stripe bills. */
export type Period = {
  from: Date;
  to: Date;
  step: Step;
  /** When each step begins, oldest first. */
  starts: readonly Date[];
};

export function periodOf(
  { period, until }: MetricsQuery,
  now = new Date(),
): Period {
  const { steps, step } = spans[period];
  const last = beginOf(step, until === undefined ? now : new Date(until));
  const starts = Array.from({ length: steps }, (_, index) =>
    moved(step, last, index + 1 - steps),
  );
  const [from = last] = starts;
  return { from, to: moved(step, last, 1), step, starts };
}

/** Weeks begin on Mondays, as they do for Postgres. */
function beginOf(step: Step, at: Date): Date {
  const [year, month, date] = [
    at.getUTCFullYear(),
    at.getUTCMonth(),
    at.getUTCDate(),
  ];
  if (step === "month") return new Date(Date.UTC(year, month, 1));
  const today = new Date(Date.UTC(year, month, date));
  if (step === "day") return today;
  return after(today, -days((today.getUTCDay() + 6) % 7));
}

function moved(step: Step, start: Date, by: number): Date {
  if (step === "day") return after(start, days(by));
  if (step === "week") return after(start, days(7 * by));
  return new Date(
    Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + by, 1),
  );
}
