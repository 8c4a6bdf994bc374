import { formatDate } from "@/lib/platform/time";

type Week = { week: Date; count: number };

/** Bars, with one sentence for those who cannot see them. The numbers stand in the table. */
export function WeeklyChart({ weeks }: { weeks: readonly Week[] }) {
  const total = weeks.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...weeks.map(({ count }) => count));
  return (
    <figure>
      <figcaption className="sr-only">
        {total} projects in {weeks.length} weeks, at most {most} in one.
      </figcaption>
      <div aria-hidden="true">
        <p className="text-3xl font-semibold tracking-tight tabular-nums">
          {total}{" "}
          <span className="text-sm font-normal tracking-normal">projects</span>
        </p>
        <div className="mt-6 flex h-48 items-end gap-1 border-b sm:gap-2">
          {weeks.map(({ week, count }) => (
            <div key={week.getTime()} className="flex h-full grow flex-col">
              <svg
                viewBox="0 0 1 100"
                preserveAspectRatio="none"
                className="w-full grow"
              >
                <rect
                  y={100 - (count / most) * 100}
                  width="1"
                  height={(count / most) * 100}
                  className="fill-ink"
                />
              </svg>
            </div>
          ))}
        </div>
        <p className="mt-2 flex justify-between text-xs text-ink-soft tabular-nums">
          <span>{weeks[0] && formatDate(weeks[0].week)}</span>
          <span>This week</span>
        </p>
      </div>
    </figure>
  );
}
