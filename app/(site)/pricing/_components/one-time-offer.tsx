import { buttonClass } from "@/app/_components/ui/button";
import { Money } from "@/app/_components/ui/money";
import { type OneTimeProduct } from "@/lib/catalog/plans";
import { moneyOf } from "@/lib/catalog/prices";

export function OneTimeOffer({ product }: { product: OneTimeProduct }) {
  const { name, description, lookupKey } = product;
  return (
    <li className="flex flex-col gap-4 rounded-lg border p-5 sm:flex-row sm:items-center">
      <div className="grow">
        <h3 className="font-semibold">{name}</h3>
        <p className="text-sm text-ink-soft">{description}</p>
      </div>
      <p className="text-lg font-semibold">
        <Money value={moneyOf(product)} />
      </p>
      <a
        href={`/start?price=${lookupKey}`}
        className={buttonClass("secondary")}
      >
        Choose {name}
      </a>
    </li>
  );
}
