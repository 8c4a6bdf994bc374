import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";
import { Select } from "@/app/_components/ui/select";
import type { BillingDetails } from "@/lib/billing/billing-details";
import { countries } from "./countries";
import { doneWords } from "./done-words";
import { taxIdKinds } from "./tax-id-kinds";

const action = "/api/settings/billing-details";

export function BillingDetailsForm({
  tenantId,
  details,
  otherTaxIds,
  flash,
}: {
  tenantId: string;
  details: BillingDetails;
  otherTaxIds: readonly string[];
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const typed = flash?.action === action ? flash.values : {};
  const field = (name: keyof BillingDetails, maxLength: number) => ({
    name,
    id: `details-${name}`,
    maxLength,
    defaultValue: typed[name] ?? details[name],
  });
  return (
    <PostForm
      key={JSON.stringify(details)}
      action={action}
      label="Billing details"
      flash={flash}
      done={doneWords.details}
      className="grid max-w-180 gap-4 sm:grid-cols-2 [&>[role=alert]]:sm:col-span-2"
    >
      <input type="hidden" name="tenantId" value={tenantId} />
      <Field
        label="Legal name"
        required
        autoComplete="organization"
        {...field("name", 150)}
      />
      <Field
        label="Email for invoices"
        type="email"
        required
        autoComplete="email"
        {...field("email", 254)}
      />
      <Field
        label="Street and number"
        autoComplete="address-line1"
        {...field("line1", 200)}
      />
      <Field
        label="Suite, floor (optional)"
        autoComplete="address-line2"
        {...field("line2", 200)}
      />
      <Field
        label="Postal code"
        autoComplete="postal-code"
        {...field("postalCode", 20)}
      />
      <Field
        label="City"
        autoComplete="address-level2"
        {...field("city", 100)}
      />
      <Field
        label="State or region (optional)"
        autoComplete="address-level1"
        {...field("state", 100)}
      />
      <Select
        label="Country"
        name="country"
        autoComplete="country"
        defaultValue={typed["country"] ?? details.country}
        options={[{ value: "", label: "Not given" }, ...countries()]}
      />
      <Field
        label="Phone (optional)"
        type="tel"
        autoComplete="tel"
        {...field("phone", 20)}
      />
      <div className="max-sm:hidden" />
      <Select
        label="Kind of tax id"
        name="taxIdType"
        defaultValue={typed["taxIdType"] ?? details.taxIdType}
        options={taxIdKinds(details.taxIdType)}
      />
      <Field
        label="Tax id"
        autoComplete="off"
        spellCheck={false}
        hint={
          otherTaxIds.length > 0
            ? `Invoices carry these too: ${otherTaxIds.join(", ")}. They are changed in the billing portal.`
            : undefined
        }
        {...field("taxIdValue", 40)}
      />
      <div className="sm:col-span-2">
        <SubmitButton>Save billing details</SubmitButton>
      </div>
    </PostForm>
  );
}
