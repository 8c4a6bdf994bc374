import type { Tone } from "@/app/_components/ui/tone";
import type { DisputeView, PaymentView } from "@/lib/billing/payment-view";

export type PaymentState = {
  tone: Tone;
  word: string;
};

/** How a payment stands, in a word or two: what is worst comes first. */
export function paymentState(payment: PaymentView): PaymentState {
  const { captured, refunded, disputes } = payment;
  const states = disputes.map(({ state }) => state);
  if (captured.amount === 0n) return { tone: "neutral", word: "Not paid" };
  if (states.includes("lost")) return { tone: "danger", word: "Lost" };
  if (states.includes("open")) return { tone: "danger", word: "Disputed" };
  if (states.includes("inquiry"))
    return { tone: "warning", word: "Questioned" };
  if (refunded.amount === captured.amount)
    return { tone: "neutral", word: "Refunded" };
  if (refunded.amount > 0n) return { tone: "neutral", word: "Partly refunded" };
  return { tone: "good", word: "Paid" };
}

/** What a dispute means for whoever paid, in a sentence. */
export function disputeSentence({ state }: DisputeView): string {
  switch (state) {
    case "inquiry":
      return "Your bank asks about this payment. No money has moved.";
    case "open":
      return "Your bank claims this payment back. Was that a mistake? Ask your bank to withdraw it.";
    case "lost":
      return "Your bank gave this payment back to you.";
    case "over":
      return "Your bank asked about this payment, and the payment stands.";
  }
}
