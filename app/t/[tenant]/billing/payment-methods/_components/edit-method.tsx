import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field } from "@/app/_components/ui/field";
import { Select } from "@/app/_components/ui/select";
import { countries } from "@/app/t/[tenant]/settings/_components/countries";
import type { PaymentMethodView } from "@/lib/billing/payment-methods";
import { doneWords } from "./done-words";

const months = Array.from({ length: 12 }, (_, index) => String(index + 1));

/** Who it belongs to and until when it is good. Stripe alone keeps it, so that nothing is filled in but the expiry. */
export function EditMethod({
  method: { id, card },
  name,
  tenantId,
  flash,
}: {
  method: PaymentMethodView;
  name: string;
  tenantId: string;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const action = `/api/payment-methods/${id}/billing-details` as const;
  const own = flash?.action === action ? flash : null;
  const typed = own?.values ?? {};
  const first = card?.expYear ?? 0; // a renewed card is good for longer, never shorter
  const years = Array.from({ length: 21 }, (_, index) => String(first + index));
  const field = (name: string, label: string, autoComplete: string) => (
    <Field {...{ name, label, autoComplete }} defaultValue={typed[name]} />
  );
  return (
    <Dialog
      trigger="Edit"
      title={`Edit ${name}`}
      description="What you leave empty stays as it is. For another number, add it as a new payment method."
      startsOpen={own !== null}
    >
      <PostForm
        action={action}
        label={`Edit ${name}`}
        flash={own}
        done={doneWords.changed}
      >
        <input type="hidden" name="tenantId" value={tenantId} />
        <input type="hidden" name="paymentMethodId" value={id} />
        {card && (
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              label="Expiry month"
              name="expMonth"
              defaultValue={typed["expMonth"] ?? String(card.expMonth)}
              options={months.map((value) => ({ value, label: value }))}
            />
            <Select
              label="Expiry year"
              name="expYear"
              defaultValue={typed["expYear"] ?? String(card.expYear)}
              options={years.map((value) => ({ value, label: value }))}
            />
          </div>
        )}
        {field("name", "Name on it", "cc-name")}
        {field("line1", "Street and number", "billing address-line1")}
        <div className="grid gap-4 sm:grid-cols-2">
          {field("postalCode", "Postal code", "billing postal-code")}
          {field("city", "City", "billing address-level2")}
        </div>
        <Select
          label="Country"
          name="country"
          defaultValue={typed["country"]}
          options={[{ value: "", label: "As it is" }, ...countries()]}
        />
        <div className="flex justify-end">
          <SubmitButton look="primary">Save</SubmitButton>
        </div>
      </PostForm>
    </Dialog>
  );
}
