import { PasswordAgain } from "@/app/_components/password-again";
import { randomUUID } from "node:crypto";
import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";
import { Select } from "@/app/_components/ui/select";
import type { PaymentDetail } from "@/lib/admin/payment";
import { refundReasons, type RefundReason } from "@/lib/billing/refund-request";
import { formatMoney } from "@/lib/platform/money";
import { doneWords } from "./done-words";

const reasonWords: Record<RefundReason, string> = {
  requested_by_customer: "The customer asked for it",
  duplicate: "It was paid twice",
  fraudulent: "It was fraud",
};

/** All that is left, or part of it. */
export function RefundForm({
  detail: { tenant, payment },
  asksPassword,
  flash,
}: {
  detail: PaymentDetail;
  asksPassword: boolean;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const typed = flash?.values ?? {};
  const left = formatMoney(payment.left);
  return (
    <PostForm
      action={`/api/admin/tenants/${tenant.id}/refunds`}
      label="Refund this payment"
      flash={flash}
      done={doneWords.refunded}
      className="grid max-w-180 gap-4 sm:grid-cols-2 [&>[role=alert]]:sm:col-span-2"
    >
      <input type="hidden" name="paymentId" value={payment.id} />
      <input type="hidden" name="requestKey" value={randomUUID()} />
      <Field
        label={`Amount in ${payment.left.currency.toUpperCase()}`}
        name="written"
        inputMode="decimal"
        maxLength={16}
        autoComplete="off"
        hint={`Empty: all that is left, ${left}.`}
        defaultValue={typed["written"]}
      />
      <Select
        label="Reason"
        name="reason"
        defaultValue={typed["reason"]}
        options={refundReasons.map((value) => ({
          value,
          label: reasonWords[value],
        }))}
      />
      {asksPassword && <PasswordAgain />}
      <div className="sm:col-span-2">
        <SubmitButton look="danger">Refund this payment</SubmitButton>
      </div>
    </PostForm>
  );
}
