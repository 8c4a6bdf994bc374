import { randomUUID } from "node:crypto";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Banner } from "@/app/_components/ui/banner";
import { CardChoice } from "@/app/t/[tenant]/billing/_components/card-choice";
import type { PaymentPage } from "@/lib/billing/payment-page";
import { cardWords } from "@/lib/platform/errors";
import { formatMoney } from "@/lib/platform/money";
import { CardForm } from "./card-form";

/** With a saved card, or with another one in Stripe's own form. */
export function PayIt({
  payment: { id, due, cards, failure, byStaff },
  tenantId,
  here,
  flash,
}: {
  payment: PaymentPage;
  tenantId: string;
  here: string;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const amount = formatMoney(due);
  const confirm = `/api/payment-intents/${id}/confirm` as const;
  const cancel = `/api/payment-intents/${id}/cancel` as const;
  const asksBank = failure?.code === "authentication_required";
  return (
    <>
      {failure && !flash && (
        <Banner
          tone="warning"
          title={
            asksBank
              ? "Your bank wants you to confirm this payment"
              : "The last try did not work"
          }
        >
          {asksBank
            ? "Nothing was charged. Pay below: your bank then asks you, and you confirm it there."
            : failure.message}
        </Banner>
      )}
      {cards.length > 0 && (
        <PostForm action={confirm} label="Pay with a saved card" flash={flash}>
          <input type="hidden" name="requestKey" value={randomUUID()} />
          <CardChoice cards={cards} />
          <div className="flex">
            <SubmitButton look="primary">Pay {amount}</SubmitButton>
          </div>
        </PostForm>
      )}
      <CardForm
        paymentId={id}
        here={here}
        amount={amount}
        isAlternative={cards.length > 0}
        words={cardWords()}
      />
      <noscript>
        <div className="grid gap-3">
          <p>
            Without JavaScript, save a card on the payment provider’s page
            first. It leads back here, and the saved card can be chosen.
          </p>
          <form method="post" action="/api/payment-methods">
            <input type="hidden" name="tenantId" value={tenantId} />
            <input type="hidden" name="successUrl" value={here} />
            <input type="hidden" name="cancelUrl" value={here} />
            <SubmitButton>
              Save a card on the payment provider’s page
            </SubmitButton>
          </form>
        </div>
      </noscript>
      {!byStaff && (
        <div className="flex">
          <ConfirmDialog
            trigger="Call it off"
            title="Call this payment off?"
            description="Nothing is charged, and nothing is bought. You can begin a new one."
            action={cancel}
            fields={{ requestKey: randomUUID() }}
            confirm="Call it off"
            flash={flash?.action === cancel ? flash : null}
          />
        </div>
      )}
    </>
  );
}
