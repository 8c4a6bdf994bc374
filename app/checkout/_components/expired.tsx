import { ButtonLink } from "@/app/_components/ui/button-link";
import { buttonClass } from "@/app/_components/ui/button";
import type { Recovery } from "@/lib/billing/recovery";
import { formatTime } from "@/lib/platform/time";

/** Nothing was charged; what goes on from here, or begins anew. */
export function Expired({
  slug,
  recovery,
}: {
  slug: string;
  /** Null where going on could charge twice. */
  recovery: Recovery | null;
}) {
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">
        This checkout has ended
      </h1>
      <p className="text-ink-soft">
        Nothing was charged.{" "}
        {recovery
          ? `What you chose is kept until ${formatTime(recovery.expiresAt)}.`
          : "Choose again to begin a new one."}
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        {recovery && (
          <a href={recovery.url} className={buttonClass("primary")}>
            Continue where you left off
          </a>
        )}
        <ButtonLink
          href={`/t/${slug}/billing#plans`}
          look={recovery ? "secondary" : "primary"}
        >
          Choose again
        </ButtonLink>
      </div>
    </>
  );
}
