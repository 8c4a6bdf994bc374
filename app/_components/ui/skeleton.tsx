/** One grey bar where text or a number will stand; give it the size of what it stands for. */
function Skeleton({ className }: { className: string }) {
  return (
    <span
      aria-hidden="true"
      className={`block animate-pulse rounded-md bg-line ${className}`}
    />
  );
}

/** The shape of a list that is on its way. */
export function SkeletonList({ rows = 4 }: { rows?: number }) {
  return (
    <div className="divide-y">
      <output className="sr-only">Loading</output>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex justify-between gap-4 py-3.5">
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="h-4 w-20" />
        </div>
      ))}
    </div>
  );
}
