import { formatTime } from "@/lib/platform/time";

/** A day and its time, for what may be compared with a log. */
export function Moment({ date }: { date: Date }) {
  return (
    <time
      dateTime={date.toISOString()}
      className="whitespace-nowrap tabular-nums"
    >
      {formatTime(date)}
    </time>
  );
}
