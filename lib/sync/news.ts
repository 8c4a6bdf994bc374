import { after, days } from "@/lib/platform/time";

const staleDays = 7;

/**
 * Whether people are still to be told of what happened `at` that moment. A week covers any outage that
 * Stripe's redelivery and ours outlast; what is older is history, as when an account is first mirrored.
 */
export function isNews(at: Date | null): boolean {
  return at !== null && after(at, days(staleDays)) > new Date();
}
