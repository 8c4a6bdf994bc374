import type { getFlash } from "@/app/_components/get-flash";
import { Badge } from "@/app/_components/ui/badge";
import { Day } from "@/app/_components/ui/day";
import { Money } from "@/app/_components/ui/money";
import { PlainLink } from "@/app/_components/ui/text-link";
import type { PaymentView } from "@/lib/billing/payment-view";
import { formatMoney } from "@/lib/platform/money";
import { formatDate } from "@/lib/platform/time";
import { cardName } from "../../_components/card-name";
import { disputeSentence, paymentState } from "./payment-words";
import { TakeBack, type Taker } from "./take-back";

type Flash = Awaited<ReturnType<typeof getFlash>>;

export function PaymentList({
  payments,
  taker,
  flash,
}: {
  payments: readonly PaymentView[];
  /** Null for somebody who may only look. */
  taker: Taker | null;
  flash: Flash;
}) {
  return (
    <ul aria-label="Payments" className="divide-y">
      {payments.map((payment) => (
        <li
          key={payment.id}
          className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3"
        >
          <Words payment={payment} />
          {taker && payment.takeBackUntil && (
            <TakeBack
              payment={payment}
              until={payment.takeBackUntil}
              taker={taker}
              flash={flash?.values["paymentId"] === payment.id ? flash : null}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function Words({ payment }: { payment: PaymentView }) {
  const { at, captured, refunded, card, receiptUrl, disputes } = payment;
  const { tone, word } = paymentState(payment);
  return (
    <div className="grid min-w-0 gap-1">
      <p className="flex flex-wrap items-center gap-2 font-medium">
        <Money value={captured} />
        <Badge tone={tone}>{word}</Badge>
      </p>
      <p className="text-ink-soft">
        <Day date={at} />
        {card && `, ${cardName(card)}`}
        {refunded.amount > 0n && `, ${formatMoney(refunded)} given back`}
        {receiptUrl && (
          <>
            {" "}
            <PlainLink
              href={receiptUrl}
              label={`Receipt for ${formatMoney(captured)} of ${formatDate(at)}`}
            >
              Receipt
            </PlainLink>
          </>
        )}
      </p>
      {disputes.map((dispute) => (
        <p key={dispute.id}>{disputeSentence(dispute)}</p>
      ))}
    </div>
  );
}
