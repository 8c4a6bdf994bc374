import { TextLink } from "@/app/_components/ui/text-link";
import { getPrice, type Price } from "@/lib/catalog/prices";
import { priceWords } from "@/lib/catalog/price-words";

/** What somebody came for, from where they go on to; null for anything but a price of ours. */
export function chosenPrice(next: string | null): Price | null {
  const lookupKey = /^\/start\?price=(\w+)$/.exec(next ?? "")?.[1];
  return lookupKey ? getPrice(lookupKey) : null;
}

/** Says that it is remembered, and when it is paid for. */
export function ChosenPrice({ price }: { price: Price }) {
  return (
    <div className="rounded-lg border border-line-strong p-4 text-sm">
      <p>
        You are choosing{" "}
        <span className="font-medium">{price.productName}</span>,{" "}
        <span className="tabular-nums">{priceWords(price)}</span>.
      </p>
      <p className="mt-1 text-ink-soft">
        You pay after this step. <TextLink href="/pricing">Change it</TextLink>
      </p>
    </div>
  );
}
