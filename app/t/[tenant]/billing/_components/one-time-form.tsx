import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";
import { Money } from "@/app/_components/ui/money";
import { currency, oneTimeProducts } from "@/lib/catalog/plans";

export function OneTimeForm({
  tenantId,
  wanted,
}: {
  tenantId: string;
  wanted: string | null;
}) {
  return (
    <ul className="grid gap-4">
      {oneTimeProducts.map((product) => (
        <li
          key={product.key}
          className={`rounded-lg border p-5 ${product.lookupKey === wanted ? "border-line-strong" : ""}`}
        >
          <PostForm action="/api/checkout" label={product.name}>
            <input type="hidden" name="tenantId" value={tenantId} />
            <input type="hidden" name="priceId" value={product.lookupKey} />
            <div className="flex flex-wrap items-end gap-4">
              <div className="grow basis-60">
                <h3 className="font-semibold">{product.name}</h3>
                <p className="text-ink-soft">{product.description}</p>
                <p className="mt-1">
                  <Money value={{ amount: BigInt(product.amount), currency }} />{" "}
                  each
                </p>
              </div>
              <div className="w-24">
                <Field
                  label="Quantity"
                  name="quantity"
                  type="number"
                  min={1}
                  max={product.maxQuantity}
                  defaultValue={1}
                  required
                />
              </div>
              <SubmitButton>Buy {product.name}</SubmitButton>
            </div>
          </PostForm>
        </li>
      ))}
    </ul>
  );
}
