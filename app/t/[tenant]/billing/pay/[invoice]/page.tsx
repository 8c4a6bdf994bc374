import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { oneParam } from "@/app/_components/search-param";
import { SubmitButton } from "@/app/_components/submit-button";
import { Banner } from "@/app/_components/ui/banner";
import { PageHeader } from "@/app/_components/ui/page-header";
import { PlainLink, TextLink } from "@/app/_components/ui/text-link";
import { requireTenant } from "@/lib/auth/session";
import { getPayPage } from "@/lib/billing/pay-page";
import { formatMoney } from "@/lib/platform/money";
import { formatDate } from "@/lib/platform/time";
import { WishFields } from "../../_components/wish-fields";
import { CardChoice } from "../../_components/card-choice";
import { ConfirmPayment } from "./_components/confirm-payment";

export const metadata: Metadata = { title: "Pay an invoice" };

/** Pays what is open with a saved card; the provider's own page takes any other, and needs no JavaScript. */
export default async function PayPage(
  props: PageProps<"/t/[tenant]/billing/pay/[invoice]">,
) {
  const { tenant: slug, invoice: id } = await props.params;
  const billing = `/t/${slug}/billing` as const;
  const here = `${billing}/pay/${id}`;
  const tenant = await requireTenant(slug, "billing.write", here);
  const found = await getPayPage(tenant.ctx, id);
  if (!found) notFound();
  const { invoice, cards } = found;
  const amount = formatMoney(invoice.due);
  const asks =
    invoice.actionRequired || oneParam((await props.searchParams)["confirm"]);
  const action = `/api/invoices/${id}/pay` as const;
  return (
    <div className="grid max-w-180 gap-6">
      <PageHeader
        title={invoice.status === "open" ? `Pay ${amount}` : "Invoice"}
      >
        Invoice {invoice.number ?? ""} of {formatDate(invoice.createdAt)}.
      </PageHeader>
      {invoice.status === "open" ? (
        <>
          {asks && (
            <ConfirmPayment
              invoiceId={id}
              action={action}
              tenantId={tenant.tenantId}
              amount={amount}
            />
          )}
          {cards.length > 0 && (
            <PostForm
              action={action}
              label={`Pay ${amount}`}
              flash={await getFlash()}
            >
              <WishFields tenantId={tenant.tenantId} />
              <CardChoice cards={cards} />
              <div className="flex">
                <SubmitButton look={asks ? "secondary" : "primary"}>
                  Pay {amount}
                </SubmitButton>
              </div>
            </PostForm>
          )}
          {invoice.hostedUrl && (
            <p>
              <PlainLink href={invoice.hostedUrl}>
                Pay with another card on the payment provider’s page
              </PlainLink>
            </p>
          )}
        </>
      ) : (
        <Banner
          tone={invoice.status === "paid" ? "good" : "neutral"}
          title={
            invoice.status === "paid"
              ? "This invoice is paid."
              : "This invoice is not owed any more."
          }
        />
      )}
      <p>
        <TextLink href={billing}>Back to billing</TextLink>
      </p>
    </div>
  );
}
