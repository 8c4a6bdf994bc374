import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getFlash } from "@/app/_components/get-flash";
import { PlanContents } from "@/app/_components/plan/plan-contents";
import { PostForm } from "@/app/_components/post-form";
import { oneParam } from "@/app/_components/search-param";
import { SubmitButton } from "@/app/_components/submit-button";
import { PageHeader } from "@/app/_components/ui/page-header";
import { TextLink } from "@/app/_components/ui/text-link";
import { may } from "@/lib/auth/permissions";
import { requireTenant } from "@/lib/auth/session";
import { getBillingOverview } from "@/lib/billing/overview";
import { hasTrialLeft } from "@/lib/billing/trial";
import { planByProduct } from "@/lib/catalog/plans";
import { priceWords, trialWords } from "@/lib/catalog/price-words";

export const metadata: Metadata = { title: "One step left" };

/** For whoever came for a plan: what it is, and the one button that leads to paying for it. */
export default async function StartPage(props: PageProps<"/t/[tenant]/start">) {
  const { tenant: slug } = await props.params;
  const lookupKey = oneParam((await props.searchParams)["price"]) ?? "";
  const billing = `/t/${slug}/billing` as const;
  const here = `/t/${slug}/start?price=${encodeURIComponent(lookupKey)}`;
  const tenant = await requireTenant(slug, "billing.read", here);
  const { subscriptions, buyable } = await getBillingOverview(tenant.ctx);
  const price = buyable.find((one) => one.lookupKey === lookupKey);
  const plan = price && planByProduct(price.productId);
  if (!plan) redirect(billing);
  if (subscriptions.length > 0 || !may(tenant.role, "billing.write")) {
    redirect(`${billing}?price=${lookupKey}`);
  }
  return (
    <div className="grid max-w-120 gap-6">
      <PageHeader title={`${plan.name} for ${priceWords(price)}`}>
        For {tenant.name}. You pay on the next page. Cancel whenever you like:
        the plan then runs to the end of what is paid.
      </PageHeader>
      <PlanContents plan={plan} />
      {price.trial && (await hasTrialLeft(tenant.ctx)) && (
        <p>{trialWords(price.trial)}</p>
      )}
      <PostForm
        action="/api/checkout"
        label={plan.name}
        flash={await getFlash()}
      >
        <input type="hidden" name="tenantId" value={tenant.tenantId} />
        <input type="hidden" name="priceId" value={price.lookupKey} />
        <SubmitButton look="primary">Continue to payment</SubmitButton>
      </PostForm>
      <p>
        <TextLink href={`/t/${slug}/checkout?price=${lookupKey}`}>
          Pay without leaving this site
        </TextLink>
        <span className="text-ink-soft">,</span>{" "}
        <TextLink href={`${billing}?price=${lookupKey}#plans`}>
          choose another plan
        </TextLink>{" "}
        <span className="text-ink-soft">or</span>{" "}
        <TextLink href={`/t/${slug}`}>stay on Free for now</TextLink>
      </p>
    </div>
  );
}
