import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";
import { Money } from "@/app/_components/ui/money";
import { oneTimeProducts } from "@/lib/catalog/plans";
import type { Price } from "@/lib/catalog/prices";

export function OneTimeForms({
  tenantId,
  buyable,
  wanted,
}: {
  tenantId: string;
  buyable: readonly Price[];
  wanted: string | null;
}) {
  return (
    <ul className="grid gap-4">
      {buyable
        .filter(({ interval }) => interval === null)
        .map((price) => (
          <li
            key={price.lookupKey}
            className={`rounded-lg border p-5 ${price.lookupKey === wanted ? "border-line-strong" : ""}`}
          >
            <OneTimeForm tenantId={tenantId} price={price} />
          </li>
        ))}
    </ul>
  );
}

function OneTimeForm({ tenantId, price }: { tenantId: string; price: Price }) {
  const { productId, productName, lookupKey, offer } = price;
  const { minQuantity, maxQuantity } = price;
  const product = oneTimeProducts.find((one) => one.productId === productId);
  const label = offer ? `${productName}, ${offer}` : productName;
  return (
    <PostForm action="/api/checkout" label={label}>
      <input type="hidden" name="tenantId" value={tenantId} />
      <input type="hidden" name="priceId" value={lookupKey} />
      <div className="flex flex-wrap items-end gap-4">
        <div className="grow basis-60">
          <h3 className="font-semibold">{label}</h3>
          <p className="text-ink-soft">{product?.description}</p>
          <p className="mt-1">
            <Money value={price} /> each
          </p>
        </div>
        <div className="w-24">
          <Field
            label="Quantity"
            name="quantity"
            id={`quantity-${lookupKey}`}
            type="number"
            min={minQuantity}
            max={maxQuantity}
            defaultValue={minQuantity}
            required
          />
        </div>
        <SubmitButton>Buy {label}</SubmitButton>
      </div>
    </PostForm>
  );
}
