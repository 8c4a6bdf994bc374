import type { ReactNode } from "react";
import { CopyId } from "@/app/_components/ui/copy-id";
import { Moment } from "@/app/_components/ui/moment";
import { Money } from "@/app/_components/ui/money";
import { PlainLink } from "@/app/_components/ui/text-link";
import { cardName } from "@/app/t/[tenant]/billing/_components/card-name";
import type { PaymentDetail } from "@/lib/admin/payment";

export function PaymentFacts({ detail }: { detail: PaymentDetail }) {
  const { payment, invoice, url } = detail;
  const { captured, refunded, claimed, left, card } = payment;
  return (
    <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-[10rem_1fr]">
      <Fact name="Payment id">
        <CopyId id={payment.id} />{" "}
        <PlainLink href={url} label={`${payment.id} in Stripe’s Dashboard`}>
          In Stripe’s Dashboard
        </PlainLink>
      </Fact>
      <Fact name="When">
        <Moment date={payment.at} />
      </Fact>
      <Fact name="Paid">
        <Money value={captured} />
        {card && `, ${cardName(card)}`}
      </Fact>
      <Fact name="For">
        {invoice ? (
          <>
            Invoice{" "}
            {invoice.url ? (
              <PlainLink href={invoice.url}>
                {invoice.number ?? invoice.id}
              </PlainLink>
            ) : (
              (invoice.number ?? invoice.id)
            )}
            , so a refund is a credit note of it
          </>
        ) : (
          (payment.description ?? "A payment of its own")
        )}
      </Fact>
      <Fact name="Given back">
        <Money value={refunded} />
      </Fact>
      {claimed.amount > 0n && (
        <Fact name="Taken by the bank">
          <Money value={claimed} />
        </Fact>
      )}
      <Fact name="Can be refunded">
        <Money value={left} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}
