import { formatDate } from "@/lib/platform/time";

/** A day, as people say it, in the zone in which Stripe bills. */
export function Day({ date }: { date: Date }) {
  if (Number.isNaN(date.getTime())) return <span>an unknown day</span>;
  return (
    <time
      dateTime={date.toISOString()}
      className="whitespace-nowrap tabular-nums"
    >
      {formatDate(date)}
    </time>
  );
}
