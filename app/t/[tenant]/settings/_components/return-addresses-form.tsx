import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";
import { Textarea } from "@/app/_components/ui/textarea";
import type { WorkspaceSettings } from "@/lib/billing/workspace-settings";
import { doneWords } from "./done-words";

const action = "/api/settings/return-addresses";

export function ReturnAddressesForm({
  tenantId,
  slug,
  addresses,
  flash,
}: {
  tenantId: string;
  slug: string;
  addresses: WorkspaceSettings["addresses"];
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const typed = flash?.action === action ? flash.values : {};
  const field = (name: keyof typeof addresses) => ({
    name,
    maxLength: 2048,
    autoComplete: "off",
    spellCheck: false,
    defaultValue: typed[name] ?? addresses[name],
  });
  return (
    <PostForm
      key={JSON.stringify(addresses)}
      action={action}
      label="Return addresses"
      flash={flash}
      done={doneWords.addresses}
      className="grid max-w-180 gap-4"
    >
      <input type="hidden" name="tenantId" value={tenantId} />
      <Field
        label="After a purchase"
        hint="A whole address. Empty: our own page that confirms the purchase."
        {...field("successUrl")}
      />
      <Field
        label="After a checkout was left"
        hint="A whole address. Empty: our own page that offers another try."
        {...field("cancelUrl")}
      />
      <Field
        label="After the billing portal"
        hint={`A path of this site. Empty: /t/${slug}/billing.`}
        {...field("portalReturnPath")}
      />
      <Textarea
        label="Allowed sites"
        hint="Other sites that a checkout may lead back to, one a line, such as https://shop.example.com. At most 10."
        {...field("allowedOrigins")}
      />
      <div>
        <SubmitButton>Save return addresses</SubmitButton>
      </div>
    </PostForm>
  );
}
