import { formatDate } from "@/lib/platform/time";
import type { Series } from "@/lib/admin/metrics/measure";
import type { Chart, Figure, Tone } from "@/lib/admin/metrics/metric";
import { pile } from "./pile";
import { written } from "./written";

const fills: Readonly<Record<Tone, string>> = {
  ink: "fill-ink",
  soft: "fill-line-strong",
  good: "fill-good",
  warning: "fill-warning",
  danger: "fill-danger",
};

/** Bars over time, one pile for each step; what they show is also said, and stands in the table. */
export function StepChart({
  id,
  chart: { title, series: parts },
  figures,
  series: { group, steps },
}: {
  id: string;
  chart: Chart;
  figures: readonly Figure[];
  series: Series;
}) {
  const shown = parts.flatMap(({ key, tone }) => {
    const figure = figures.find((one) => one.key === key);
    return figure ? [{ figure, tone }] : [];
  });
  const keys = shown.map(({ figure }) => figure.key);
  const { bars, highest, lowest } = pile(steps, keys);
  const [first] = shown;
  const say = (value: bigint) =>
    first ? written(first.figure, value, group) : "";
  const [oldest, newest] = [steps[0], steps.at(-1)];
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="font-medium">{title}</span>
        {shown.length > 1 &&
          shown.map(({ figure, tone }) => (
            <span
              key={figure.key}
              className="inline-flex items-center gap-1.5 text-xs text-ink-soft"
            >
              <svg viewBox="0 0 8 8" className="size-2" aria-hidden="true">
                <rect width="8" height="8" rx="1" className={fills[tone]} />
              </svg>
              {figure.label}
            </span>
          ))}
      </figcaption>
      <p className="mt-3 text-xs text-ink-soft tabular-nums">{say(highest)}</p>
      <svg
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn in place, in the page's own colours
        role="img"
        aria-labelledby={`${id}-title ${id}-text`}
        viewBox={`0 0 ${steps.length} 100`}
        preserveAspectRatio="none"
        className="mt-1 h-32 w-full border-y"
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-text`}>
          {`At most ${say(highest)}${lowest < 0n ? `, at least ${say(lowest)}` : ""}.`}
        </desc>
        {bars.map(({ step, key, y, height, value }) => {
          const part = shown.find(({ figure }) => figure.key === key);
          const at = steps[step]?.at;
          return (
            part &&
            at && (
              <rect
                key={`${step}-${key}`}
                x={step + 0.1}
                y={y}
                width="0.8"
                height={height}
                className={fills[part.tone]}
              >
                <title>
                  {`${formatDate(at)}: ${part.figure.label} ${written(part.figure, value, group)}`}
                </title>
              </rect>
            )
          );
        })}
      </svg>
      {lowest < 0n && (
        <p className="mt-1 text-xs text-ink-soft tabular-nums">{say(lowest)}</p>
      )}
      <p className="mt-1 flex justify-between gap-4 text-xs text-ink-soft tabular-nums">
        <span>{oldest && formatDate(oldest.at)}</span>
        <span>{newest && formatDate(newest.at)}</span>
      </p>
    </figure>
  );
}
