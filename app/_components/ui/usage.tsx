/** How much of a limit is used, in words first; the bar only repeats them. */
export function Usage({
  label,
  used,
  limit,
}: {
  label: string;
  used: number;
  /** null means unlimited. */
  limit: number | null;
}) {
  const share =
    limit === null ? 0 : Math.min(100, (used / Math.max(limit, 1)) * 100);
  const full = limit !== null && used >= limit;
  return (
    <div>
      <p className="flex justify-between gap-4">
        <span>{label}</span>
        <span className="text-ink-soft tabular-nums">
          <span className="text-ink">{used}</span>
          {limit === null ? " · unlimited" : ` of ${limit}`}
          {full && <span className="text-warning"> · limit reached</span>}
        </span>
      </p>
      <svg
        viewBox="0 0 100 1"
        preserveAspectRatio="none"
        className="mt-2 h-1.5 w-full rounded-full"
        aria-hidden="true"
      >
        <rect width="100" height="1" className="fill-line" />
        <rect
          width={share}
          height="1"
          className={full ? "fill-warning" : "fill-ink"}
        />
      </svg>
    </div>
  );
}
