import { PlanContents } from "@/app/_components/plan/plan-contents";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Money } from "@/app/_components/ui/money";
import type { Plan } from "@/lib/catalog/plans";
import type { Price } from "@/lib/catalog/prices";
import { yearlySaving } from "@/lib/platform/money";

export function PlanForm({
  plan,
  prices,
  tenantId,
  wanted,
  isMeant,
  hasTrial,
}: {
  plan: Plan;
  prices: readonly Price[];
  tenantId: string;
  wanted: string | null;
  isMeant: boolean;
  /** Whether whoever looks may still have a trial. */
  hasTrial: boolean;
}) {
  const { name, description, trial } = plan;
  const chosen =
    prices.find(({ lookupKey }) => lookupKey === wanted) ?? prices[0];
  return (
    <li
      className={`rounded-lg border p-5 ${isMeant ? "border-line-strong" : ""}`}
    >
      <PostForm
        action="/api/checkout"
        label={name}
        className="flex h-full flex-col gap-4"
      >
        <input type="hidden" name="tenantId" value={tenantId} />
        <div>
          <h3 className="text-lg font-semibold">{name}</h3>
          <p className="text-ink-soft">{description}</p>
        </div>
        <fieldset className="grid gap-1">
          <legend className="sr-only">Price of {name}</legend>
          {prices.map((price) => (
            <label
              key={price.lookupKey}
              className="flex min-h-8 items-center gap-2"
            >
              <input
                type="radio"
                name="priceId"
                value={price.lookupKey}
                defaultChecked={price === chosen}
                className="size-4 accent-ink"
              />
              <span>
                <span className="font-medium">
                  <Money value={price} />
                </span>{" "}
                per {price.interval}
                <Saving prices={prices} price={price} />
                {price.offer && (
                  <span className="text-ink-soft">, {price.offer}</span>
                )}
              </span>
            </label>
          ))}
        </fieldset>
        <div className="grow">
          <PlanContents plan={plan} />
        </div>
        <SubmitButton look={isMeant ? "primary" : "secondary"}>
          {trial && hasTrial
            ? `Try ${name} free for ${trial.days} days`
            : `Choose ${name}`}
        </SubmitButton>
      </PostForm>
    </li>
  );
}

/** Among the catalogue's prices; an offer speaks for itself. */
function Saving({ prices, price }: { prices: readonly Price[]; price: Price }) {
  const monthly = prices.find(
    ({ interval, offer }) => interval === "month" && !offer,
  );
  if (price.interval !== "year" || price.offer || !monthly) return null;
  const saving = yearlySaving(monthly.amount, price.amount);
  return <span className="text-ink-soft">, saves {saving}%</span>;
}
