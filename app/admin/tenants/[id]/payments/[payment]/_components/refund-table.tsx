import { Badge } from "@/app/_components/ui/badge";
import { CopyId } from "@/app/_components/ui/copy-id";
import { DataTable } from "@/app/_components/ui/data-table";
import { Day } from "@/app/_components/ui/day";
import { Money } from "@/app/_components/ui/money";
import type { Tone } from "@/app/_components/ui/tone";
import type { RefundObject } from "@/lib/billing/refunds";

const columns = [
  { label: "Refund" },
  { label: "Date" },
  { label: "Status" },
  { label: "Reason" },
  { label: "Amount", align: "end" },
] as const;

const statuses: ReadonlyMap<string | null, { tone: Tone; word: string }> =
  new Map([
    ["succeeded", { tone: "good", word: "Given back" }],
    ["pending", { tone: "warning", word: "Under way" }],
    ["requires_action", { tone: "warning", word: "Needs the buyer" }],
    ["failed", { tone: "danger", word: "Failed" }],
    ["canceled", { tone: "neutral", word: "Called off" }],
  ]);

export function RefundTable({ refunds }: { refunds: readonly RefundObject[] }) {
  if (refunds.length === 0)
    return <p className="text-ink-soft">Nothing was given back.</p>;
  return (
    <DataTable
      caption="Refunds"
      columns={columns}
      rows={refunds.map((refund) => {
        const { id, createdAt, status, reason, failureReason } = refund;
        const { tone, word } = statuses.get(status) ?? {
          tone: "neutral",
          word: status ?? "Unknown",
        };
        return {
          key: id,
          cells: [
            <CopyId key="id" id={id} />,
            <Day key="day" date={createdAt} />,
            <Badge key="status" tone={tone}>
              {word}
            </Badge>,
            (failureReason ?? reason ?? "None given").replaceAll("_", " "),
            <Money
              key="amount"
              value={{
                amount: BigInt(refund.amount),
                currency: refund.currency,
              }}
            />,
          ],
        };
      })}
    />
  );
}
