import type { Metadata } from "next";
import { DoneBanner } from "@/app/_components/done-banner";
import { FormAlert } from "@/app/_components/form-alert";
import { getFlash } from "@/app/_components/get-flash";
import { oneParam } from "@/app/_components/search-param";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Section } from "@/app/_components/ui/section";
import { TextLink } from "@/app/_components/ui/text-link";
import { may } from "@/lib/auth/permissions";
import { requireTenant } from "@/lib/auth/session";
import { billingConcerns } from "@/lib/billing/concerns";
import { getBillingOverview } from "@/lib/billing/overview";
import { hasTrialLeft } from "@/lib/billing/trial";
import { planGroup } from "@/lib/catalog/plans";
import { UsageBars } from "../_components/usage-bars";
import { Concerns } from "./_components/concerns";
import { CurrentPlan } from "./_components/current-plan";
import { doneWords } from "./_components/done-words";
import { Invoices } from "./_components/invoices";
import { OneTimeForms } from "./_components/one-time-forms";
import { OpenCheckouts } from "./_components/open-checkouts";
import { Orders } from "./_components/orders";
import { SavedCardOffer } from "./_components/saved-card-offer";
import { PlanChooser } from "./_components/plan-chooser";

export const metadata: Metadata = { title: "Billing" };

export default async function BillingPage(
  props: PageProps<"/t/[tenant]/billing">,
) {
  const { tenant: slug } = await props.params;
  const query = await props.searchParams;
  const wanted = oneParam(query["price"]);
  const done = oneParam(query["done"]);
  const here = `/t/${slug}/billing` as const;
  const returnPath = wanted
    ? `${here}?price=${encodeURIComponent(wanted)}`
    : here;
  const tenant = await requireTenant(slug, "billing.read", returnPath);
  const { tenantId, role, ctx } = tenant;
  const overview = await getBillingOverview(ctx);
  const { rights, usage, invoices, orders, subscriptions, buyable } = overview;
  const chosen = buyable.find(({ lookupKey }) => lookupKey === wanted);
  const concerns = billingConcerns(overview);
  const origin = may(role, "billing.write")
    ? { tenantId, returnPath: here }
    : null;
  const flash = await getFlash();
  return (
    <>
      <PageHeader title="Billing">
        {!origin && "You may look here. Ask an owner to change anything."}
      </PageHeader>
      <DoneBanner code={done} words={doneWords} />
      {flash && !isOnForm(flash) && <FormAlert problem={flash} />}
      <Concerns concerns={concerns} origin={origin} />
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[3fr_2fr]">
        <CurrentPlan
          slug={slug}
          overview={overview}
          origin={origin}
          concerns={concerns}
          flash={flash}
        />
        <section
          aria-labelledby="usage-title"
          className="grid content-start gap-3"
        >
          <h2 id="usage-title" className="text-base font-semibold">
            Usage
          </h2>
          <UsageBars rights={rights} usage={usage} />
        </section>
      </div>
      <OpenCheckouts checkouts={overview.openCheckouts} />
      {subscriptions.length > 0 && (
        <p>
          <TextLink href={`${here}/next`}>
            See the next charge in detail
          </TextLink>
        </p>
      )}
      {chosen?.group === planGroup && subscriptions.length > 0 && (
        <p>
          This workspace has a plan already. Use Change plan to switch to
          another.
        </p>
      )}
      {subscriptions.length === 0 && origin && (
        <PlanChooser
          tenantId={tenantId}
          buyable={buyable}
          wanted={wanted}
          hasTrial={await hasTrialLeft(ctx)}
        />
      )}
      {subscriptions.length === 0 && origin && overview.savedCard && (
        <SavedCardOffer
          here={here}
          card={overview.savedCard}
          buyable={buyable}
        />
      )}
      <Section id="invoices" title="Invoices">
        <Invoices invoices={invoices} />
        {overview.moreInvoices && (
          <p className="mt-3">
            <TextLink href={`${here}/invoices`}>All invoices</TextLink>
          </p>
        )}
        {overview.hasCustomer && (
          <p className="mt-3">
            <TextLink href={`${here}/payments`}>Payments and refunds</TextLink>
          </p>
        )}
      </Section>
      <Section id="once" title="One-time purchases">
        <div className="grid gap-6">
          <Orders orders={orders} />
          {overview.moreOrders && (
            <p>
              <TextLink href={`${here}/purchases`}>All purchases</TextLink>
            </p>
          )}
          {origin && (
            <OneTimeForms
              tenantId={tenantId}
              buyable={buyable}
              wanted={wanted}
            />
          )}
        </div>
      </Section>
    </>
  );
}

/** These forms say themselves what went wrong with them. */
function isOnForm({ action }: { action: string }): boolean {
  return action.startsWith("/api/subscriptions/");
}
