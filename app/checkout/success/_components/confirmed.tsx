import { Check } from "lucide-react";
import { ButtonLink } from "@/app/_components/ui/button-link";
import { Money } from "@/app/_components/ui/money";
import { TextLink } from "@/app/_components/ui/text-link";
import type { CheckoutResult } from "@/lib/billing/checkout-result";

const next = {
  subscription: {
    href: (slug: string) => `/t/${slug}` as const,
    label: "Go to your workspace",
  },
  payment: {
    href: (slug: string) => `/t/${slug}/billing` as const,
    label: "See your purchases",
  },
  setup: {
    href: (slug: string) => `/t/${slug}/billing/payment-methods` as const,
    label: "See your payment methods",
  },
} as const;

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
  const title = {
    subscription: `You are on ${names}.`,
    payment: `You bought ${names}.`,
    setup: "Your payment method is saved.",
  }[mode];
  return (
    <>
      <span className="grid size-10 place-items-center rounded-full bg-good-surface text-good">
        <Check className="size-5" aria-hidden="true" />
      </span>
      <h1 className="mt-2 text-3xl font-semibold tracking-tight text-balance">
        {title}
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
        <ButtonLink href={next[mode].href(slug)} look="primary">
          {next[mode].label}
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
