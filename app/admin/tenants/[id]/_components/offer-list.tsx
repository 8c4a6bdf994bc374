import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";
import { Badge } from "@/app/_components/ui/badge";
import { CopyId } from "@/app/_components/ui/copy-id";
import { Day } from "@/app/_components/ui/day";
import type { OfferLine, TenantDetail } from "@/lib/admin/tenant";
import { priceWords } from "@/lib/catalog/price-words";
import { doneWords } from "./done-words";

type Flash = Awaited<ReturnType<typeof getFlash>>;

export function OfferList({
  tenant,
  flash,
}: {
  tenant: TenantDetail;
  flash: Flash;
}) {
  if (tenant.offers.length === 0) {
    return (
      <p className="text-ink-soft">
        None. What you offer below stands on the workspace’s billing page at
        once.
      </p>
    );
  }
  return (
    <ul aria-label="Prices of its own" className="divide-y">
      {tenant.offers.map((offer) => (
        <li
          key={offer.id}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0"
        >
          <Words offer={offer} />
          {!offer.withdrawnAt && (
            <Withdraw tenantId={tenant.id} offer={offer} flash={flash} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Words({ offer }: { offer: OfferLine }) {
  const { id, name, price, offeredAt, withdrawnAt } = offer;
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
        {name}
        {withdrawnAt && <Badge tone="neutral">Withdrawn</Badge>}
      </p>
      <p className="text-ink-soft">
        {price
          ? `${price.productName}, ${priceWords(price)}`
          : "Its product has left the catalogue"}
        , offered <Day date={offeredAt} /> <CopyId id={id} />
      </p>
    </div>
  );
}

function Withdraw({
  tenantId,
  offer: { id, name },
  flash,
}: {
  tenantId: string;
  offer: OfferLine;
  flash: Flash;
}) {
  const action =
    `/api/admin/tenants/${tenantId}/prices/${id}/withdraw` as const;
  return (
    <ConfirmDialog
      trigger={`Withdraw ${name}`}
      title={`Withdraw ${name}?`}
      description="Nobody can buy it any more, and an open checkout of it ends. Who has bought it keeps it."
      action={action}
      confirm="Withdraw the price"
      flash={flash?.action === action ? flash : null}
      done={doneWords.withdrawn}
    />
  );
}
