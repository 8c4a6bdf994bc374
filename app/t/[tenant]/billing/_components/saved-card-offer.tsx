import { PlainLink } from "@/app/_components/ui/text-link";
import { planGroup } from "@/lib/catalog/plans";
import type { Price } from "@/lib/catalog/prices";
import type { Card } from "@/lib/sync/card";
import { cardName } from "./card-name";

/** For who has bought before: the same plans, paid with what is saved, without typing a card. */
export function SavedCardOffer({
  here,
  card,
  buyable,
}: {
  here: string;
  card: Card;
  buyable: readonly Price[];
}) {
  const prices = buyable.filter(
    ({ group, interval, offer, meter }) =>
      group === planGroup && interval && offer === null && meter === null,
  );
  return (
    <p className="text-ink-soft">
      Or pay with your saved {cardName(card)}:{" "}
      {prices.map(({ productName, lookupKey, interval }, index) => (
        <span key={lookupKey}>
          {index > 0 && ", "}
          <PlainLink href={`${here}/subscribe?price=${lookupKey}`}>
            {productName} by the {interval}
          </PlainLink>
        </span>
      ))}
    </p>
  );
}
