import { formatDate } from "@/lib/platform/time";

/** "14:05 UTC on 12 March 2026". */
export function formatTime(date: Date): string {
  return `${date.toISOString().slice(11, 16)} UTC on ${formatDate(date)}`;
}
