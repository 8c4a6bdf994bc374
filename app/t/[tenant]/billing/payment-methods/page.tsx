import type { Metadata } from "next";
import { DoneBanner } from "@/app/_components/done-banner";
import { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { oneParam } from "@/app/_components/search-param";
import { SubmitButton } from "@/app/_components/submit-button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeader } from "@/app/_components/ui/page-header";
import { TextLink } from "@/app/_components/ui/text-link";
import { may } from "@/lib/auth/permissions";
import { requireTenant } from "@/lib/auth/session";
import { listPaymentMethods } from "@/lib/billing/payment-methods";
import { doneWords } from "./_components/done-words";
import { MethodList } from "./_components/method-list";

export const metadata: Metadata = { title: "Payment methods" };

export default async function PaymentMethodsPage(
  props: PageProps<"/t/[tenant]/billing/payment-methods">,
) {
  const { tenant: slug } = await props.params;
  const here = `/t/${slug}/billing/payment-methods` as const;
  const { ctx, role, tenantId } = await requireTenant(
    slug,
    "billing.read",
    here,
  );
  const methods = await listPaymentMethods(ctx);
  const flash = await getFlash();
  const done = oneParam((await props.searchParams)["done"]);
  const decides = may(role, "billing.write");
  return (
    <>
      <PageHeader title="Payment methods">
        <TextLink href={`/t/${slug}/billing`}>Back to billing</TextLink>
      </PageHeader>
      <DoneBanner code={done} words={doneWords} />
      {methods.length > 0 ? (
        <MethodList
          methods={methods}
          tenantId={decides ? tenantId : null}
          flash={flash}
        />
      ) : (
        <EmptyState title="Nothing is saved">
          A card that you pay a plan with is kept here, for its renewals.
        </EmptyState>
      )}
      {decides && (
        <PostForm
          action="/api/payment-methods"
          label="Add a payment method"
          className="flex"
        >
          <input type="hidden" name="tenantId" value={tenantId} />
          <SubmitButton>Add a payment method</SubmitButton>
        </PostForm>
      )}
    </>
  );
}
