import { randomUUID } from "node:crypto";
import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Checkbox } from "@/app/_components/ui/choice";
import { Field } from "@/app/_components/ui/field";
import { Section } from "@/app/_components/ui/section";
import { Select } from "@/app/_components/ui/select";
import { cardName } from "@/app/t/[tenant]/billing/_components/card-name";
import type { TenantDetail } from "@/lib/admin/tenant";
import { priceWords } from "@/lib/catalog/price-words";

type Props = {
  tenant: TenantDetail;
  flash: Awaited<ReturnType<typeof getFlash>>;
};

/** A plan on the saved card, on terms that only staff may give. */
export function BeginPlan(props: Props) {
  const { savedCard } = props.tenant.billing;
  return (
    <Section
      id="plan"
      title="Begin a plan"
      description={
        savedCard
          ? `Charged to its ${cardName(savedCard)}, on terms that only staff may give.`
          : "Once a card is saved under Billing, a plan can begin here, on terms that only staff may give."
      }
    >
      {savedCard && <PlanForm {...props} />}
    </Section>
  );
}

function PlanForm({ tenant: { id, billing }, flash }: Props) {
  const action = `/api/admin/tenants/${id}/subscriptions` as const;
  const typed = flash?.action === action ? flash.values : {};
  const prices = billing.buyable.filter(
    ({ interval, meter, offer }) => interval && !meter && !offer,
  );
  return (
    <PostForm
      action={action}
      label="Begin a plan"
      flash={flash}
      className="grid max-w-180 gap-4 sm:grid-cols-2 [&>[role=alert]]:sm:col-span-2"
    >
      <input type="hidden" name="requestKey" value={randomUUID()} />
      <Select
        label="Plan"
        name="priceId"
        defaultValue={typed["priceId"]}
        options={prices.map((price) => ({
          value: price.lookupKey,
          label: `${price.productName}, ${priceWords(price)}`,
        }))}
      />
      <Field
        label="Free days (optional)"
        name="trialDays"
        inputMode="numeric"
        maxLength={3}
        autoComplete="off"
        hint="Nothing is charged before they are over."
        defaultValue={typed["trialDays"]}
      />
      <Field
        label="First whole period begins on (optional)"
        name="billingCycleAnchor"
        type="date"
        hint="At most one period ahead. The days before are charged in proportion."
        defaultValue={typed["billingCycleAnchor"]}
      />
      <Checkbox
        name="prorationBehavior"
        value="none"
        defaultChecked={typed["prorationBehavior"] === "none"}
        label="Give away the days before"
        hint="Nothing is charged until the first whole period begins."
      />
      <div className="sm:col-span-2">
        <SubmitButton look="primary">Begin this plan</SubmitButton>
      </div>
    </PostForm>
  );
}
