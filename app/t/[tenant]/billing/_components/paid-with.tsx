import { TextLink } from "@/app/_components/ui/text-link";
import type { Card } from "@/lib/sync/card";
import { cardExpiry, cardName } from "./card-name";
import { PortalForm, type PortalOrigin } from "./portal-form";

/** The card of the next charge, and the way to another one. */
export function PaidWith({
  slug,
  card,
  origin,
}: {
  slug: string;
  card: Card | null;
  origin: PortalOrigin | null;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-2 text-ink-soft">
      <p>
        {card
          ? `${cardName(card)}, expires ${cardExpiry(card)}`
          : "No card is saved."}
      </p>
      {origin && (
        <PortalForm
          origin={origin}
          label={card ? "Update payment method" : "Add a payment method"}
          flow="payment_method_update"
          look="quiet"
        />
      )}
      <TextLink href={`/t/${slug}/billing/payment-methods`}>
        Payment methods
      </TextLink>
    </div>
  );
}
