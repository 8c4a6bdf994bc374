import { randomUUID } from "node:crypto";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";
import { Badge } from "@/app/_components/ui/badge";
import { CopyId } from "@/app/_components/ui/copy-id";
import { Day } from "@/app/_components/ui/day";
import { EmptyState } from "@/app/_components/ui/empty-state";
import type { Tone } from "@/app/_components/ui/tone";
import type { ChargeLine, TenantCharges } from "@/lib/admin/charges";
import { formatMoney } from "@/lib/platform/money";

type Flash = Awaited<ReturnType<typeof getFlash>>;

const statuses: ReadonlyMap<string, { tone: Tone; word: string }> = new Map([
  ["succeeded", { tone: "good", word: "Paid" }],
  ["processing", { tone: "warning", word: "Under way" }],
  ["requires_action", { tone: "warning", word: "At the bank" }],
  ["canceled", { tone: "neutral", word: "Called off" }],
]);

export function ChargeList({
  tenant: { id, charges, isOpen },
  flash,
}: {
  tenant: TenantCharges;
  flash: Flash;
}) {
  if (charges.length === 0)
    return (
      <EmptyState title="Nothing was asked for">
        What you ask this workspace to pay is listed here, with what became of
        it.
      </EmptyState>
    );
  return (
    <ul className="divide-y">
      {charges.map((charge) => {
        const { tone, word } = statuses.get(charge.status) ?? {
          tone: "warning",
          word: "Open",
        };
        const waits = isOpen && !statuses.has(charge.status);
        return (
          <li
            key={charge.paymentId}
            className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3 first:pt-0"
          >
            <div className="grid gap-1">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {formatMoney(charge.due)}, {charge.description}
                <Badge tone={tone}>{word}</Badge>
              </p>
              <p className="text-ink-soft">
                Asked for on <Day date={charge.askedAt} />.
                {charge.failure && ` Its owner was told: “${charge.failure}”`}
              </p>
              <CopyId id={charge.paymentId} />
            </div>
            {waits && <Decide tenantId={id} charge={charge} flash={flash} />}
          </li>
        );
      })}
    </ul>
  );
}

function Decide({
  tenantId,
  charge: { paymentId, due, description },
  flash,
}: {
  tenantId: string;
  charge: ChargeLine;
  flash: Flash;
}) {
  const path = `/api/admin/tenants/${tenantId}/charges/${paymentId}` as const;
  const what = `${formatMoney(due)} for ${description}`;
  const shared = (action: `/api/${string}`) => ({
    action,
    fields: { requestKey: randomUUID() },
    next: `/admin/tenants/${tenantId}/charges`,
    flash: flash?.action === action ? flash : null,
  });
  return (
    <div className="flex flex-wrap gap-2">
      <ConfirmDialog
        {...shared(`${path}/collect`)}
        trigger="Charge the saved card"
        title={`Charge ${what}?`}
        description="The saved card is charged at once. Should the bank refuse or ask first, its owner is mailed."
        confirm={`Charge ${formatMoney(due)}`}
        keep="Not now"
      />
      <ConfirmDialog
        {...shared(`${path}/cancel`)}
        trigger="Call off"
        title={`Call off ${what}?`}
        description="It cannot be paid any more."
        confirm="Call it off"
      />
    </div>
  );
}
