import type { ReactNode } from "react";
import { CopyId } from "@/app/_components/ui/copy-id";
import { Moment } from "@/app/_components/ui/moment";
import type { getEvent } from "@/lib/admin/events";

type Event = NonNullable<Awaited<ReturnType<typeof getEvent>>>;

/** Receipt, attempts, replays, changes and the end, in the order in which they happened. */
export function Timeline({ event }: { event: Event }) {
  const steps: { at: Date; what: ReactNode }[] = [
    { at: event.receivedAt, what: "Received and stored" },
    ...event.history.map(({ at, attempt, error, replayedBy }) => ({
      at,
      what: replayedBy
        ? `Replayed by ${replayedBy}`
        : `Attempt ${attempt ?? ""} failed: ${error ?? "unknown"}`,
    })),
    ...event.changes.map(({ at, action, objectId }) => ({
      at,
      what: (
        <>
          {action} <CopyId id={objectId} />
        </>
      ),
    })),
    ...(event.finishedAt
      ? [{ at: event.finishedAt, what: `Finished: ${event.state}` }]
      : []),
  ];
  return (
    <ol className="grid gap-2">
      {steps
        .toSorted((a, b) => a.at.getTime() - b.at.getTime())
        .map(({ at, what }, index) => (
          <li
            key={index}
            className="grid gap-x-6 border-b pb-2 last:border-b-0 sm:grid-cols-[14rem_1fr]"
          >
            <span className="text-ink-soft">
              <Moment date={at} />
            </span>
            <span className="wrap-anywhere">{what}</span>
          </li>
        ))}
    </ol>
  );
}
