import { Money } from "@/app/_components/ui/money";
import type { Money as Amount } from "@/lib/platform/money";

/** The lines behind an amount, folded away until somebody asks. */
export function ChargeLines({
  lines,
  total,
  startsOpen = false,
}: {
  lines: readonly { text: string; amount: Amount }[];
  total: Amount;
  startsOpen?: boolean;
}) {
  return (
    <details open={startsOpen} className="text-sm">
      <summary className="min-h-6 cursor-pointer font-medium">
        How this amount comes about
      </summary>
      <dl className="mt-2 grid gap-1">
        {lines.map(({ text, amount }) => (
          <div key={text} className="flex justify-between gap-4">
            <dt className="text-ink-soft">{text}</dt>
            <dd>
              <Money value={amount} />
            </dd>
          </div>
        ))}
        <div className="flex justify-between gap-4 border-t pt-1 font-medium">
          <dt>To pay</dt>
          <dd>
            <Money value={total} />
          </dd>
        </div>
      </dl>
    </details>
  );
}
