import type { Metadata } from "next";
import { oneTimeProducts, plans } from "@/lib/catalog/plans";
import { Comparison } from "./_components/comparison";
import { IntervalSwitch } from "./_components/interval-switch";
import { OneTimeOffer } from "./_components/one-time-offer";
import { PlanOffer } from "./_components/plan-offer";
import { Questions } from "./_components/questions";

export const metadata: Metadata = {
  title: "Pricing",
  description: "Plans and prices, monthly and yearly.",
};

export default function PricingPage() {
  return (
    <div className="group/interval py-12">
      <h1 className="text-3xl font-semibold tracking-tight sm:text-4xl">
        Pricing
      </h1>
      <p className="mt-2 text-ink-soft">
        A plan is for a whole workspace. Cancel whenever you like: it then runs
        to the end of what is paid.
      </p>
      <IntervalSwitch />
      <ul className="mt-8 grid gap-4 md:grid-cols-3">
        {plans.map((plan) => (
          <PlanOffer key={plan.key} plan={plan} />
        ))}
      </ul>
      <Comparison />
      <section aria-labelledby="once" className="mt-12 border-t pt-8">
        <h2 id="once" className="text-xl font-semibold tracking-tight">
          Bought once
        </h2>
        <ul className="mt-4 grid gap-4">
          {oneTimeProducts.map((product) => (
            <OneTimeOffer key={product.key} product={product} />
          ))}
        </ul>
      </section>
      <Questions />
    </div>
  );
}
