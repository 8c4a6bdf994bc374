import { randomUUID } from "node:crypto";
import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Banner } from "@/app/_components/ui/banner";

/** The bank has a question that was not answered yet; the form leads there, with or without JavaScript. */
export function AtTheBank({
  id,
  amount,
  flash,
}: {
  id: string;
  amount: string;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  return (
    <>
      <Banner
        tone="warning"
        title="Your bank wants you to confirm this payment"
      >
        Nothing is charged before you do.
      </Banner>
      <PostForm
        action={`/api/payment-intents/${id}/confirm`}
        label="Confirm with your bank"
        flash={flash}
        className="flex"
      >
        <input type="hidden" name="requestKey" value={randomUUID()} />
        <SubmitButton look="primary">
          Confirm {amount} with your bank
        </SubmitButton>
      </PostForm>
    </>
  );
}
