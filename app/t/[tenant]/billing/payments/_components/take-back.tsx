import { PasswordAgain } from "@/app/_components/password-again";
import { randomUUID } from "node:crypto";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";
import type { PaymentView } from "@/lib/billing/payment-view";
import { formatMoney } from "@/lib/platform/money";
import { formatDate } from "@/lib/platform/time";
import { doneWords } from "./done-words";

export type Taker = {
  tenantId: string;
  /** Who signed in a while ago shows anew that it is they. */
  asksPassword: boolean;
};

/** All that is left of a payment, given back on an owner's own word. */
export function TakeBack({
  payment: { id, left },
  until,
  taker: { tenantId, asksPassword },
  flash,
}: {
  payment: PaymentView;
  until: Date;
  taker: Taker;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const amount = formatMoney(left);
  return (
    <ConfirmDialog
      trigger={`Take back ${amount}`}
      title={`Take back ${amount}?`}
      description={`The money goes back the way it came; banks take five to ten days to show it. You can do this until ${formatDate(until)}.`}
      action="/api/refunds"
      fields={{ tenantId, paymentId: id, requestKey: randomUUID() }}
      confirm={`Take back ${amount}`}
      keep="Keep it paid"
      flash={flash}
      done={doneWords.refunded}
    >
      {asksPassword && <PasswordAgain id={`password-${id}`} />}
    </ConfirmDialog>
  );
}
