import { Check } from "lucide-react";
import { ButtonLink } from "@/app/_components/ui/button-link";
import { Money } from "@/app/_components/ui/money";
import { TextLink } from "@/app/_components/ui/text-link";
import type { CheckoutResult } from "@/lib/billing/checkout-result";

/** One line, one number, one next step. */
export function Confirmed({
  result,
  slug,
}: {
  result: Extract<CheckoutResult, { state: "confirmed" }>;
  slug: string;
}) {
  const { mode, bought, paid } = result;
  const names = bought.join(" and ");
  const isPlan = mode === "subscription";
  return (
    <>
      <span className="grid size-10 place-items-center rounded-full bg-good-surface text-good">
        <Check className="size-5" aria-hidden="true" />
      </span>
      <h1 className="mt-2 text-3xl font-semibold tracking-tight text-balance">
        {isPlan ? `You are on ${names}.` : `You bought ${names}.`}
      </h1>
      <p className="text-ink-soft">
        {paid && paid.amount > 0n ? (
          <>
            Paid today: <Money value={paid} />
          </>
        ) : (
          "Nothing was charged today."
        )}
      </p>
      <div className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-3">
        <ButtonLink
          href={isPlan ? `/t/${slug}` : `/t/${slug}/billing`}
          look="primary"
        >
          {isPlan ? "Go to your workspace" : "See your purchases"}
        </ButtonLink>
        {isPlan && (
          <span className="text-sm">
            <TextLink href={`/t/${slug}/billing`}>Plan and invoices</TextLink>
          </span>
        )}
      </div>
    </>
  );
}
