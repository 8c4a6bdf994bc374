import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DoneBanner } from "@/app/_components/done-banner";
import { getFlash } from "@/app/_components/get-flash";
import { oneParam } from "@/app/_components/search-param";
import { Badge } from "@/app/_components/ui/badge";
import { Banner } from "@/app/_components/ui/banner";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Section } from "@/app/_components/ui/section";
import { TextLink } from "@/app/_components/ui/text-link";
import { AdminPage } from "@/app/admin/_components/admin-page";
import { paymentState } from "@/app/t/[tenant]/billing/payments/_components/payment-words";
import { getPaymentDetail } from "@/lib/admin/payment";
import { isRecent } from "@/lib/auth/recent-sign-in";
import { requireStaff } from "@/lib/auth/session";
import { formatMoney } from "@/lib/platform/money";
import { formatTime } from "@/lib/platform/time";
import { Disputes } from "./_components/disputes";
import { doneWords } from "./_components/done-words";
import { PaymentFacts } from "./_components/payment-facts";
import { RefundForm } from "./_components/refund-form";
import { RefundTable } from "./_components/refund-table";

export const metadata: Metadata = { title: "Payment" };

export default async function PaymentPage(
  props: PageProps<"/admin/tenants/[id]/payments/[payment]">,
) {
  const visitor = await requireStaff();
  const { id: tenantId, payment: paymentId } = await props.params;
  const detail = await getPaymentDetail(tenantId, paymentId);
  if (!detail) notFound();
  const { tenant, payment, refunds, unsettled, fraudWarning } = detail;
  const { tone, word } = paymentState(payment);
  const flash = await getFlash();
  return (
    <AdminPage>
      <div className="grid justify-items-start gap-2">
        <PageHeader title={`Payment of ${formatMoney(payment.amount)}`}>
          By{" "}
          <TextLink href={`/admin/tenants/${tenant.id}`}>
            {tenant.name}
          </TextLink>
        </PageHeader>
        <Badge tone={tone}>{word}</Badge>
      </div>
      <DoneBanner
        code={oneParam((await props.searchParams)["done"])}
        words={doneWords}
      />
      {fraudWarning && (
        <Banner tone="warning" title="The card’s network suspects fraud">
          <p>
            {fraudWarning.type.replaceAll("_", " ")}, told{" "}
            {formatTime(fraudWarning.at)}. A refund now avoids a dispute and its
            fee.
          </p>
        </Banner>
      )}
      {unsettled.map(({ id, at }) => (
        <Banner key={id} tone="warning" title="A refund has no answer yet">
          <p>
            Asked for {formatTime(at)}. It is looked up at Stripe by itself;
            until then nothing more can be given back of this payment.
          </p>
        </Banner>
      ))}
      <PaymentFacts detail={detail} />
      {payment.disputes.length > 0 && (
        <Section id="disputes" title="Disputes">
          <Disputes disputes={payment.disputes} />
        </Section>
      )}
      <Section id="refunds" title="Refunds">
        <div className="grid gap-6">
          <RefundTable refunds={refunds} />
          {payment.left.amount > 0n && (
            <RefundForm
              detail={detail}
              asksPassword={!isRecent(visitor)}
              flash={flash}
            />
          )}
        </div>
      </Section>
    </AdminPage>
  );
}
