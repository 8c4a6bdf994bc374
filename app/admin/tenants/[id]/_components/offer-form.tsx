import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";
import { Select } from "@/app/_components/ui/select";
import type { TenantDetail } from "@/lib/admin/tenant";
import { priceWords } from "@/lib/catalog/price-words";
import { doneWords } from "./done-words";

export function OfferForm({
  tenant: { id, catalogue },
  flash,
}: {
  tenant: TenantDetail;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const action = `/api/admin/tenants/${id}/prices` as const;
  const typed = flash?.action === action ? flash.values : {};
  return (
    <PostForm
      action={action}
      label="Offer a price"
      flash={flash}
      done={doneWords.offered}
      className="grid max-w-180 gap-4 sm:grid-cols-2 [&>[role=alert]]:sm:col-span-2"
    >
      <Select
        label="Instead of"
        name="lookupKey"
        defaultValue={typed["lookupKey"]}
        options={catalogue.map(({ price }) => ({
          value: price.lookupKey,
          label: `${price.productName}, ${priceWords(price)}`,
        }))}
      />
      <Field
        label="Name"
        name="name"
        required
        maxLength={60}
        autoComplete="off"
        hint="The workspace reads it beside the price: Partner price."
        defaultValue={typed["name"]}
      />
      <Field
        label="Amount"
        name="amount"
        required
        inputMode="decimal"
        maxLength={16}
        autoComplete="off"
        hint="In the catalogue’s currency, such as 20.00."
        defaultValue={typed["amount"]}
      />
      <div className="sm:col-span-2">
        <SubmitButton look="primary">Offer this price</SubmitButton>
      </div>
    </PostForm>
  );
}
