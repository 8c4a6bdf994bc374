import { buttonClass } from "@/app/_components/ui/button";
import { formatTime } from "@/lib/platform/time";

export function StillOpen({
  url,
  expiresAt,
}: {
  url: string;
  expiresAt: Date;
}) {
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">
        Your checkout is still open
      </h1>
      <p className="text-ink-soft">
        Nothing was charged. You can pay until{" "}
        <time dateTime={expiresAt.toISOString()}>{formatTime(expiresAt)}</time>.
      </p>
      <a href={url} className={buttonClass("primary", "mt-4")}>
        Continue to payment
      </a>
    </>
  );
}
