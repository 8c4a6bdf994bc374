import { Badge } from "@/app/_components/ui/badge";
import { DataTable } from "@/app/_components/ui/data-table";
import { Day } from "@/app/_components/ui/day";
import { Money } from "@/app/_components/ui/money";
import { PlainLink } from "@/app/_components/ui/text-link";
import type { Tone } from "@/app/_components/ui/tone";
import type { InvoiceView } from "@/lib/billing/overview";

const columns = [
  { label: "Number" },
  { label: "Date" },
  { label: "Status" },
  { label: "Links" },
  { label: "Amount", align: "end" },
] as const;

const statuses: ReadonlyMap<string | null, { tone: Tone; word: string }> =
  new Map([
    ["paid", { tone: "good", word: "Paid" }],
    ["open", { tone: "warning", word: "Open" }],
    ["uncollectible", { tone: "danger", word: "Not collected" }],
    ["void", { tone: "neutral", word: "Void" }],
  ]);

export function Invoices({ invoices }: { invoices: readonly InvoiceView[] }) {
  if (invoices.length === 0) {
    return (
      <p className="text-ink-soft">
        No invoice yet. The first one appears here as soon as you have paid.
      </p>
    );
  }
  return (
    <DataTable
      caption="Invoices"
      columns={columns}
      rows={invoices.map((invoice) => ({
        key: invoice.id,
        cells: [
          <span key="number" className="font-mono text-[0.8125rem]">
            {invoice.number ?? "Not numbered"}
          </span>,
          <Day key="day" date={invoice.createdAt} />,
          <Status key="status" status={invoice.status} />,
          <Links key="links" invoice={invoice} />,
          <Money key="amount" value={invoice.total} />,
        ],
      }))}
    />
  );
}

function Status({ status }: { status: string | null }) {
  const { tone, word } = statuses.get(status) ?? {
    tone: "neutral",
    word: "Unknown",
  };
  return <Badge tone={tone}>{word}</Badge>;
}

function Links({ invoice }: { invoice: InvoiceView }) {
  const name = `invoice ${invoice.number ?? invoice.id}`;
  return (
    <span className="flex gap-3">
      {invoice.hostedUrl && (
        <PlainLink href={invoice.hostedUrl} label={`View ${name}`}>
          View
        </PlainLink>
      )}
      {invoice.pdfUrl && (
        <PlainLink href={invoice.pdfUrl} label={`PDF of ${name}`}>
          PDF
        </PlainLink>
      )}
    </span>
  );
}
