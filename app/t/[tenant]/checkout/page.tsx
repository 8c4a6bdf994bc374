import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { oneParam } from "@/app/_components/search-param";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { PageHeader } from "@/app/_components/ui/page-header";
import { requireTenant } from "@/lib/auth/session";
import { paymentScriptUrl } from "@/lib/billing/embedded-checkout";
import { priceWords } from "@/lib/catalog/price-words";
import { buyablePrices } from "@/lib/catalog/tenant-prices";
import { EmbeddedCheckout } from "./_components/embedded-checkout";

export const metadata: Metadata = { title: "Checkout" };

/** Checkout within our page, by Stripe's own frame. The way without JavaScript is Stripe's page. */
export default async function CheckoutPage(
  props: PageProps<"/t/[tenant]/checkout">,
) {
  const { tenant: slug } = await props.params;
  const lookupKey = oneParam((await props.searchParams)["price"]) ?? "";
  const here = `/t/${slug}/checkout?price=${encodeURIComponent(lookupKey)}`;
  const tenant = await requireTenant(slug, "billing.write", here);
  const { tenantId, name, ctx } = tenant;
  const price = (await buyablePrices(ctx)).find(
    (one) => one.lookupKey === lookupKey,
  );
  if (!price) redirect(`/t/${slug}/billing`);
  return (
    <div className="grid gap-6">
      <PageHeader title={`${price.productName} for ${priceWords(price)}`}>
        For {name}.
      </PageHeader>
      <EmbeddedCheckout
        scriptUrl={paymentScriptUrl()}
        wish={{ tenantId, priceId: price.lookupKey }}
      />
      <PostForm action="/api/checkout" label="Payment page" className="flex">
        <input type="hidden" name="tenantId" value={tenantId} />
        <input type="hidden" name="priceId" value={price.lookupKey} />
        <SubmitButton>Pay on Stripe's page instead</SubmitButton>
      </PostForm>
    </div>
  );
}
