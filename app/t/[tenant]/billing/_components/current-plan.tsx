import type { getFlash } from "@/app/_components/get-flash";
import { Badge } from "@/app/_components/ui/badge";
import { TextLink } from "@/app/_components/ui/text-link";
import type { Concern } from "@/lib/billing/concerns";
import type { BillingOverview } from "@/lib/billing/overview";
import { concernWords } from "./concern-words";
import { PaidWith } from "./paid-with";
import { PlanActions } from "./plan-actions";
import { PortalForm, type PortalOrigin } from "./portal-form";
import {
  itemWords,
  subscriptionWords,
  waitingWords,
} from "./subscription-words";

/** What the workspace is on, what it costs and when the next charge is, and what can be done about it. */
export function CurrentPlan({
  slug,
  overview,
  origin,
  concerns,
  flash,
}: {
  slug: string;
  overview: BillingOverview;
  /** Null for somebody who may look but not act. */
  origin: PortalOrigin | null;
  /** The first of them holds the primary button. */
  concerns: readonly Concern[];
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const { rights, subscriptions, credit, orders, hasCustomer } = overview;
  const main =
    subscriptions.find(({ id }) => id === rights.subscriptionId) ??
    subscriptions[0];
  const words = main && subscriptionWords(main, credit);
  const waiting = main && waitingWords(main);
  return (
    <section aria-labelledby="plan-title" className="grid content-start gap-1">
      <h2 id="plan-title" className="sr-only">
        Your plan
      </h2>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-3xl font-semibold tracking-tight">
          {main?.planName ?? rights.plan.name}
        </span>
        {words && <Badge tone={words.tone}>{words.status}</Badge>}
      </p>
      <p className="text-base tabular-nums">
        {words?.next ?? freeWords(orders.length > 0)}
      </p>
      {waiting && <p className="tabular-nums">{waiting}</p>}
      {main && main.items.length > 1 && (
        <ul aria-label="What it consists of" className="text-ink-soft">
          {main.items.map((item) => (
            <li key={item.name} className="tabular-nums">
              {itemWords(item)}
            </li>
          ))}
        </ul>
      )}
      {main && (
        <PaidWith
          slug={slug}
          card={main.card}
          origin={concerns.some(asksForCard) ? null : origin}
        />
      )}
      {main && origin && (
        <PlanActions
          plan={main}
          origin={origin}
          hasConcern={concerns.length > 0}
          flash={flash}
        />
      )}
      {subscriptions
        .filter((one) => one !== main)
        .map((one) => (
          <div key={one.id} className="mt-4 border-t pt-3">
            <p className="text-ink-soft tabular-nums">
              Also {one.planName}: {subscriptionWords(one).next}
            </p>
            {origin && (
              <PlanActions
                plan={one}
                about={one.planName}
                origin={origin}
                hasConcern
                flash={flash}
              />
            )}
          </div>
        ))}
      {!main && origin && hasCustomer && (
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <PortalForm origin={origin} label="Manage billing" />
          <TextLink href={`/t/${slug}/billing/payment-methods`}>
            Payment methods
          </TextLink>
        </div>
      )}
    </section>
  );
}

/** Then the way to another card stands above already. */
function asksForCard(concern: Concern): boolean {
  const { remedy } = concernWords(concern);
  return "flow" in remedy && remedy.flow === "payment_method_update";
}

function freeWords(hasBought: boolean): string {
  const words = "Costs nothing. There is no next charge.";
  return hasBought ? `${words} What you have bought stands below.` : words;
}
