import { ButtonLink } from "@/app/_components/ui/button-link";
import { brand } from "@/lib/catalog/brand";
import { BillingSample } from "./_components/billing-sample";
import { Included } from "./_components/included";
import { OneCommand } from "./_components/one-command";
import { StateSamples } from "./_components/state-samples";
import { Steps } from "./_components/steps";

export default function LandingPage() {
  return (
    <>
      <section className="grid items-center gap-10 py-12 md:grid-cols-2 md:py-20">
        <div>
          <h1 className="text-4xl font-semibold tracking-tight text-balance sm:text-5xl">
            {brand.tagline}
          </h1>
          <p className="mt-4 max-w-prose text-lg text-pretty text-ink-soft">
            {brand.name} is a Next.js starter that sells subscriptions: sign-up,
            workspaces, plans, hosted checkout and a customer portal. Clone it,
            run one command, buy a plan. No Stripe account, no Docker.
          </p>
          <div className="mt-6 flex flex-wrap gap-3">
            <ButtonLink href="/sign-up" look="primary">
              Create an account
            </ButtonLink>
            <ButtonLink href="/pricing">See the plans</ButtonLink>
          </div>
          <p className="mt-4 text-sm text-ink-soft">
            Cards are test cards until you set your own Stripe keys.
          </p>
        </div>
        <BillingSample />
      </section>
      <Steps />
      <StateSamples />
      <OneCommand />
      <Included />
    </>
  );
}
