import { PlanContents } from "@/app/_components/plan/plan-contents";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Money } from "@/app/_components/ui/money";
import { currency, type Plan, type PlanPrice } from "@/lib/catalog/plans";
import { yearlySaving } from "@/lib/platform/money";

export function PlanForm({
  plan,
  tenantId,
  wanted,
  isMeant,
}: {
  plan: Plan;
  tenantId: string;
  wanted: string | null;
  isMeant: boolean;
}) {
  const { name, description, prices } = plan;
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
                  <Money value={{ amount: BigInt(price.amount), currency }} />
                </span>{" "}
                per {price.interval}
                <Saving prices={prices} price={price} />
              </span>
            </label>
          ))}
        </fieldset>
        <div className="grow">
          <PlanContents plan={plan} />
        </div>
        <SubmitButton look={isMeant ? "primary" : "secondary"}>
          Choose {name}
        </SubmitButton>
      </PostForm>
    </li>
  );
}

function Saving({
  prices,
  price,
}: {
  prices: readonly PlanPrice[];
  price: PlanPrice;
}) {
  const monthly = prices.find(({ interval }) => interval === "month");
  if (price.interval !== "year" || !monthly) return null;
  const saving = yearlySaving(BigInt(monthly.amount), BigInt(price.amount));
  return <span className="text-ink-soft">, saves {saving}%</span>;
}
