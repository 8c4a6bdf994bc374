import type { Hour } from "@/lib/webhooks/hours";

/** Bars of what was received, the part that failed marked. The numbers stand in the table. */
export function HoursChart({ hours }: { hours: readonly Hour[] }) {
  const received = sum(hours, "received");
  const clean = sum(hours, "clean");
  const most = Math.max(1, ...hours.map((hour) => hour.received));
  const rate = received > 0 ? Math.floor((clean / received) * 1000) / 10 : null;
  return (
    <figure>
      <figcaption>
        {received} received
        {rate !== null && `, ${rate}% of them answered at the first attempt`}
      </figcaption>
      <svg
        viewBox={`0 0 ${hours.length} 100`}
        preserveAspectRatio="none"
        className="mt-4 h-32 w-full border-b"
        aria-hidden="true"
      >
        {hours.map((hour, at) => {
          const all = (hour.received / most) * 100;
          const good = (hour.clean / most) * 100;
          return (
            <g key={hour.hour.getTime()}>
              <rect
                x={at + 0.1}
                y={100 - all}
                width="0.8"
                height={all}
                className="fill-danger"
              />
              <rect
                x={at + 0.1}
                y={100 - good}
                width="0.8"
                height={good}
                className="fill-ink"
              />
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

function sum(hours: readonly Hour[], field: "received" | "clean"): number {
  return hours.reduce((total, hour) => total + hour[field], 0);
}
