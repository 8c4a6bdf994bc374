import { Badge } from "@/app/_components/ui/badge";
import { DataTable } from "@/app/_components/ui/data-table";
import { Day } from "@/app/_components/ui/day";
import { Money } from "@/app/_components/ui/money";
import type { Tone } from "@/app/_components/ui/tone";
import type { OrderView } from "@/lib/billing/overview";

const columns = [
  { label: "Bought" },
  { label: "Date" },
  { label: "Status" },
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
    <div className="mb-8">
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
              <Money key="amount" value={order.total} />,
            ],
          };
        })}
      />
    </div>
  );
}
