import { Badge } from "@/app/_components/ui/badge";
import { Money } from "@/app/_components/ui/money";
import { Usage } from "@/app/_components/ui/usage";
import { plans } from "@/lib/catalog/plans";
import { moneyOf } from "@/lib/catalog/prices";

/** What a customer's billing page says, with the real parts and invented numbers. */
export function BillingSample() {
  const { name, prices, limits } = plans[1];
  const price = moneyOf(prices[0]);
  return (
    <figure>
      <div className="grid gap-5 rounded-lg border p-5 text-sm">
        <p className="flex items-center gap-2">
          <span className="text-xl font-semibold tracking-tight">{name}</span>
          <Badge tone="good">Active</Badge>
        </p>
        <p>
          Renews on <span className="tabular-nums">12 March</span> for{" "}
          <Money value={price} />.
        </p>
        <Usage label="Projects" used={18} limit={limits.projects} />
        <Usage label="Seats" used={4} limit={limits.seats} />
        <p className="flex items-center justify-between gap-4 border-t pt-4">
          <span>Invoice of 12 February</span>
          <span className="flex items-center gap-3">
            <Money value={price} />
            <Badge tone="good">Paid</Badge>
          </span>
        </p>
      </div>
      <figcaption className="mt-2 text-sm text-ink-soft">
        The billing page of a workspace, with sample numbers
      </figcaption>
    </figure>
  );
}
