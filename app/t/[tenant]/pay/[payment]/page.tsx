import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { after } from "next/server";
import { getFlash } from "@/app/_components/get-flash";
import { oneParam } from "@/app/_components/search-param";
import { Banner } from "@/app/_components/ui/banner";
import { PageHeader } from "@/app/_components/ui/page-header";
import { PlainLink, TextLink } from "@/app/_components/ui/text-link";
import { requireTenant } from "@/lib/auth/session";
import { getCheckoutResult } from "@/lib/billing/checkout-result";
import {
  getPaymentPage,
  type PaymentPage as Payment,
} from "@/lib/billing/payment-page";
import { runDueEffects } from "@/lib/fulfilment/run";
import { formatMoney } from "@/lib/platform/money";
import { AtTheBank } from "./_components/at-the-bank";
import { PayIt } from "./_components/pay-it";

export const metadata: Metadata = { title: "Payment" };

/** One payment that was begun here: to be paid, or what became of it. Banks lead back to it too. */
export default async function PaymentPage(
  props: PageProps<"/t/[tenant]/pay/[payment]">,
) {
  const { tenant: slug, payment: id } = await props.params;
  const here = `/t/${slug}/pay/${id}`;
  const tenant = await requireTenant(slug, "billing.write", here);
  // Back from saving a card: it can be chosen, also before its webhook has come.
  const saved = oneParam((await props.searchParams)["session_id"]);
  if (saved) await getCheckoutResult(tenant.ctx, saved);
  const payment = await getPaymentPage(tenant.ctx, id);
  if (!payment) notFound();
  const { state, names, receiptUrl } = payment;
  const amount = formatMoney(payment.due);
  const what = names.join(", ");
  if (state === "paid") after(() => runDueEffects(3));
  return (
    <div className="grid max-w-180 gap-6">
      <PageHeader title={titleOf(state, amount)}>
        {what}, for {tenant.name}.
      </PageHeader>
      {state === "open" && (
        <PayIt
          payment={payment}
          tenantId={tenant.tenantId}
          here={here}
          flash={await getFlash()}
        />
      )}
      {state === "confirm" && (
        <AtTheBank id={id} amount={amount} flash={await getFlash()} />
      )}
      {state === "under_way" && (
        <Banner tone="warning" title="Your bank is working on it">
          It can take some days. You need not pay again: we tell you by mail
          once it has come.
        </Banner>
      )}
      {state === "closed" && (
        <Banner tone="neutral" title="This payment was called off">
          Nothing was charged, and nothing will be.
        </Banner>
      )}
      {state === "paid" && (
        <Banner tone="good" title="Thank you. Nothing more is to be paid.">
          {receiptUrl && (
            <PlainLink href={receiptUrl}>See the receipt</PlainLink>
          )}
        </Banner>
      )}
      <p>
        <TextLink href={`/t/${slug}/billing`}>Back to billing</TextLink>
      </p>
    </div>
  );
}

function titleOf(state: Payment["state"], amount: string): string {
  switch (state) {
    case "open":
    case "confirm":
      return `Pay ${amount}`;
    case "under_way":
      return `${amount} is under way`;
    case "paid":
      return `${amount} is paid`;
    case "closed":
      return `${amount} is not to be paid`;
  }
}
