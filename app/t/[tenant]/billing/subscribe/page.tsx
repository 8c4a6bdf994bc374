import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getFlash } from "@/app/_components/get-flash";
import { PlanContents } from "@/app/_components/plan/plan-contents";
import { PostForm } from "@/app/_components/post-form";
import { oneParam } from "@/app/_components/search-param";
import { SubmitButton } from "@/app/_components/submit-button";
import { PageHeader } from "@/app/_components/ui/page-header";
import { TextLink } from "@/app/_components/ui/text-link";
import { requireTenant } from "@/lib/auth/session";
import { getBillingOverview } from "@/lib/billing/overview";
import { planByProduct } from "@/lib/catalog/plans";
import { priceWords } from "@/lib/catalog/price-words";
import { cardName } from "../_components/card-name";
import { WishFields } from "../_components/wish-fields";

export const metadata: Metadata = { title: "Begin a plan" };

/** A plan on the card that is saved: what it is, what it costs, one button. */
export default async function SubscribePage(
  props: PageProps<"/t/[tenant]/billing/subscribe">,
) {
  const { tenant: slug } = await props.params;
  const billing = `/t/${slug}/billing` as const;
  const wanted = oneParam((await props.searchParams)["price"]);
  const tenant = await requireTenant(
    slug,
    "billing.write",
    `${billing}/subscribe`,
  );
  const { subscriptions, savedCard, buyable } = await getBillingOverview(
    tenant.ctx,
  );
  const price = buyable.find(({ lookupKey }) => lookupKey === wanted);
  const plan = price && planByProduct(price.productId);
  if (!plan || !savedCard || subscriptions.length > 0) redirect(billing);
  return (
    <div className="grid max-w-120 gap-6">
      <PageHeader title={`${plan.name} for ${priceWords(price)}`}>
        The first period is charged to your {cardName(savedCard)} now. Cancel
        whenever you like: the plan then runs to the end of what is paid.
      </PageHeader>
      <PlanContents plan={plan} />
      <PostForm
        action="/api/subscriptions"
        label={plan.name}
        flash={await getFlash()}
      >
        <WishFields tenantId={tenant.tenantId} />
        <input type="hidden" name="priceId" value={price.lookupKey} />
        <SubmitButton look="primary">Begin {plan.name} and pay</SubmitButton>
      </PostForm>
      <p>
        <TextLink href={billing}>Back to billing</TextLink>
      </p>
    </div>
  );
}
