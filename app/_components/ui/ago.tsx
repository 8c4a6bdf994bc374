import { days, formatTime, hours, minutes } from "@/lib/platform/time";

const relative = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });

/** "3 hours ago", with the exact time for whoever points at it. */
export function Ago({ date, now }: { date: Date; now: Date }) {
  return (
    <time
      dateTime={date.toISOString()}
      title={formatTime(date)}
      className="whitespace-nowrap tabular-nums"
    >
      {ago(now.getTime() - date.getTime())}
    </time>
  );
}

function ago(milliseconds: number): string {
  if (milliseconds < minutes(1)) return "just now";
  if (milliseconds < hours(1)) return say(milliseconds, minutes(1), "minute");
  if (milliseconds < days(1)) return say(milliseconds, hours(1), "hour");
  return say(milliseconds, days(1), "day");
}

function say(
  milliseconds: number,
  unit: number,
  name: "minute" | "hour" | "day",
) {
  return relative.format(-Math.floor(milliseconds / unit), name);
}
