import { Button } from "@/app/_components/ui/button";
import { Radio, RadioGroup } from "@/app/_components/ui/choice";
import type { ChangePage } from "@/lib/billing/change-page";
import { priceWords } from "@/lib/catalog/price-words";

/** A plain question to this same page, which then shows what the choice comes to. */
export function ChoosePrice({
  page: { subscriptionId, choices },
}: {
  page: ChangePage;
}) {
  if (choices.length === 0) return null;
  return (
    <form method="get" aria-label="Change plan" className="grid gap-4">
      <input type="hidden" name="subscription" value={subscriptionId} />
      <RadioGroup legend="Change to">
        {choices.map(({ to, when }, index) => (
          <Radio
            key={to.lookupKey}
            name="price"
            value={to.lookupKey}
            defaultChecked={index === 0}
            label={`${to.productName}, ${priceWords(to)}`}
            hint={
              when === "now"
                ? "Begins as soon as it is paid."
                : "Begins when what you have paid for is over."
            }
          />
        ))}
      </RadioGroup>
      <p className="text-ink-soft">
        The next page shows what it costs. Nothing is charged before you
        confirm.
      </p>
      <div className="flex">
        <Button look="primary">See what it costs</Button>
      </div>
    </form>
  );
}
