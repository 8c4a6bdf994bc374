import { Badge } from "@/app/_components/ui/badge";
import { Banner } from "@/app/_components/ui/banner";
import type { BillingOverview } from "@/lib/billing/overview";
import { ManageForm } from "./manage-form";
import { subscriptionWords } from "./subscription-words";

/** What the workspace is on, what it costs and when, and the one most urgent trouble with it. */
export function CurrentPlan({
  overview,
  tenantId,
  returnPath,
}: {
  overview: BillingOverview;
  tenantId: string;
  returnPath: string;
}) {
  const { rights, subscriptions, hasCustomer } = overview;
  const known = subscriptions.map((view) => ({
    view,
    words: subscriptionWords(view, graceOf(overview, view.id)),
  }));
  const main =
    known.find(({ view }) => view.id === rights.subscriptionId) ?? known[0];
  const others = known.filter((one) => one !== main);
  const trouble = [main, ...others].find((one) => one?.words.trouble)?.words
    .trouble;
  const manage = hasCustomer && (main || overview.invoices.length > 0) && (
    <ManageForm
      tenantId={tenantId}
      returnPath={returnPath}
      look={main ? "primary" : "secondary"}
    />
  );
  return (
    <div className="grid gap-6">
      {trouble && (
        <Banner tone={trouble.tone} title={trouble.title}>
          <p>{trouble.text}</p>
        </Banner>
      )}
      <section
        aria-labelledby="plan-title"
        className="flex flex-wrap items-start justify-between gap-4"
      >
        <div className="grid gap-1">
          <h2 id="plan-title" className="sr-only">
            Your plan
          </h2>
          <p className="flex items-center gap-3">
            <span className="text-3xl font-semibold tracking-tight">
              {main?.view.planName ?? rights.plan.name}
            </span>
            {main && <Badge tone={main.words.tone}>{main.words.status}</Badge>}
          </p>
          <p className="text-base tabular-nums">
            {main?.words.next ?? "Costs nothing. There is no next charge."}
          </p>
          {others.map(({ view, words }) => (
            <p key={view.id} className="text-ink-soft tabular-nums">
              Also {view.planName} ({words.status.toLowerCase()}): {words.next}
            </p>
          ))}
        </div>
        {manage}
      </section>
    </div>
  );
}

function graceOf({ rights }: BillingOverview, id: string): Date | null {
  return rights.subscriptionId === id ? rights.graceEndsAt : null;
}
