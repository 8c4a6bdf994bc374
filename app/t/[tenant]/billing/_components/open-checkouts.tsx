import { TextLink } from "@/app/_components/ui/text-link";
import { formatTime } from "@/lib/platform/time";
import type { BillingOverview } from "@/lib/billing/overview";

/** Checkouts that were begun and neither paid nor left to expire. */
export function OpenCheckouts({
  checkouts,
}: {
  checkouts: BillingOverview["openCheckouts"];
}) {
  return checkouts.map(({ id, expiresAt }) => (
    <p key={id} className="text-ink-soft">
      A checkout is open until {formatTime(expiresAt)}.{" "}
      <TextLink href={`/checkout/${id}`}>Continue or cancel it</TextLink>
    </p>
  ));
}
