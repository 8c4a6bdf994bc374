import { Badge } from "@/app/_components/ui/badge";
import { DataTable } from "@/app/_components/ui/data-table";
import { Day } from "@/app/_components/ui/day";
import { Money } from "@/app/_components/ui/money";
import { PlainLink } from "@/app/_components/ui/text-link";
import type { Tone } from "@/app/_components/ui/tone";
import type { OrderView } from "@/lib/billing/overview";
import { formatDate } from "@/lib/platform/time";

const columns = [
  { label: "Bought" },
  { label: "Date" },
  { label: "Status" },
  { label: "Receipt" },
  { label: "Amount", align: "end" },
] as const;

const statuses: ReadonlyMap<string, { tone: Tone; word: string }> = new Map([
  ["paid", { tone: "good", word: "Paid" }],
  ["pending", { tone: "warning", word: "Being paid" }],
  ["failed", { tone: "danger", word: "Failed" }],
]);

export function Orders({ orders }: { orders: readonly OrderView[] }) {
  if (orders.length === 0) return null;
  return (
    <DataTable
      caption="One-time purchases"
      columns={columns}
      rows={orders.map((order) => {
        const { tone, word } = statuses.get(order.status) ?? {
          tone: "neutral",
          word: order.status,
        };
        return {
          key: order.id,
          cells: [
            order.names.join(", "),
            <Day key="day" date={order.at} />,
            <Badge key="status" tone={tone}>
              {word}
            </Badge>,
            <Receipt key="receipt" order={order} />,
            <Money key="amount" value={order.total} />,
          ],
        };
      })}
    />
  );
}

function Receipt({ order }: { order: OrderView }) {
  if (!order.receiptUrl) return <span className="text-ink-soft">None</span>;
  return (
    <PlainLink
      href={order.receiptUrl}
      label={`Receipt for ${order.names.join(", ")} of ${formatDate(order.at)}`}
    >
      View
    </PlainLink>
  );
}
