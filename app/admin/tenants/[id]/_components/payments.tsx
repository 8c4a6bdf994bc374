import { Badge } from "@/app/_components/ui/badge";
import { DataTable } from "@/app/_components/ui/data-table";
import { Day } from "@/app/_components/ui/day";
import { Money } from "@/app/_components/ui/money";
import { TextLink } from "@/app/_components/ui/text-link";
import { paymentState } from "@/app/t/[tenant]/billing/payments/_components/payment-words";
import type { PaymentView } from "@/lib/billing/payment-view";
import { formatMoney } from "@/lib/platform/money";

const columns = [
  { label: "Payment" },
  { label: "Date" },
  { label: "Status" },
  { label: "Given back", align: "end" },
] as const;

export function Payments({
  tenantId,
  payments,
}: {
  tenantId: string;
  payments: readonly PaymentView[];
}) {
  if (payments.length === 0)
    return <p className="text-ink-soft">Nothing was paid yet.</p>;
  return (
    <DataTable
      caption="Payments"
      columns={columns}
      rows={payments.map((payment) => {
        const { tone, word } = paymentState(payment);
        return {
          key: payment.id,
          cells: [
            <TextLink
              key="payment"
              href={`/admin/tenants/${tenantId}/payments/${payment.id}`}
            >
              {formatMoney(payment.amount)}
            </TextLink>,
            <Day key="day" date={payment.at} />,
            <Badge key="status" tone={tone}>
              {word}
            </Badge>,
            <Money key="back" value={payment.refunded} />,
          ],
        };
      })}
    />
  );
}
