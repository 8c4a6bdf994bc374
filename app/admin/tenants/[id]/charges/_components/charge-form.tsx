import { randomUUID } from "node:crypto";
import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Radio, RadioGroup } from "@/app/_components/ui/choice";
import { Field } from "@/app/_components/ui/field";
import { Select } from "@/app/_components/ui/select";
import { currencies } from "@/lib/catalog/plans";

export function ChargeForm({
  tenantId,
  flash,
}: {
  tenantId: string;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const action = `/api/admin/tenants/${tenantId}/charges` as const;
  const typed = flash?.action === action ? flash.values : {};
  const saved = typed["collect"] === "saved_card";
  return (
    <PostForm
      action={action}
      label="Ask for a payment"
      flash={flash}
      className="grid max-w-180 gap-4"
    >
      <input type="hidden" name="requestKey" value={randomUUID()} />
      <Field
        label="What for"
        name="description"
        required
        maxLength={200}
        autoComplete="off"
        hint="Its owner reads it on the page, in the mail and on the receipt."
        defaultValue={typed["description"]}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Amount"
          name="amount"
          required
          inputMode="decimal"
          maxLength={16}
          autoComplete="off"
          hint="Such as 450.00."
          defaultValue={typed["amount"]}
        />
        <Select
          label="Currency"
          name="currency"
          defaultValue={typed["currency"]}
          options={currencies.map((code) => ({
            value: code,
            label: code.toUpperCase(),
          }))}
        />
      </div>
      <RadioGroup legend="How it is paid">
        <Radio
          name="collect"
          value="page"
          defaultChecked={!saved}
          label="Its owner pays it on a page"
          hint="A mail says where. Nothing is charged before."
        />
        <Radio
          name="collect"
          value="saved_card"
          defaultChecked={saved}
          label="The saved card is charged at once"
          hint="Should the bank refuse or ask first, its owner is mailed."
        />
      </RadioGroup>
      <div className="flex">
        <SubmitButton look="primary">Ask for this payment</SubmitButton>
      </div>
    </PostForm>
  );
}
