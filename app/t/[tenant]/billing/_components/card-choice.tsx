import { Radio, RadioGroup } from "@/app/_components/ui/choice";
import {
  cardExpiry,
  cardName,
} from "@/app/t/[tenant]/billing/_components/card-name";
import type { SavedCard } from "@/lib/billing/pay-page";

/** Which of the saved cards pays; the newest first. */
export function CardChoice({ cards }: { cards: readonly SavedCard[] }) {
  return (
    <RadioGroup legend="Pay with">
      {cards.map(({ id, card }, index) => (
        <Radio
          key={id}
          name="paymentMethodId"
          value={id}
          defaultChecked={index === 0}
          label={cardName(card)}
          hint={`Expires ${cardExpiry(card)}`}
        />
      ))}
    </RadioGroup>
  );
}
