import { brand } from "@/lib/catalog/brand";
import type { Mail } from "@/lib/platform/mail";
import { formatMoney, type Money } from "@/lib/platform/money";
import { formatDate } from "@/lib/platform/time";
import { Action } from "./parts/action";
import { Facts } from "./parts/facts";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";
import { whyBilling, type About } from "./parts/about";

/** A refund came back: staff are alarmed by the same fact, and have to find another way. */
export function refundFailed(
  about: About,
  given: {
    refund: Money;
    askedAt: Date;
    /** Stripe's word for it. */
    reason: string | null;
    payment: { amount: bigint; at: Date };
  },
): Mail {
  const { currency } = given.refund;
  const amount = formatMoney(given.refund);
  const paid = formatMoney({ amount: given.payment.amount, currency });
  const [happened, next] = wordsFor(given.reason);
  return {
    to: about.to,
    subject: `Your refund of ${amount} did not arrive`,
    body: (
      <Layout
        title={`Your refund of ${amount} did not arrive`}
        preview={next}
        why={whyBilling(about)}
      >
        <Paragraph>{happened}</Paragraph>
        <Paragraph>{next}</Paragraph>
        <Facts
          facts={[
            ["Did not arrive", `${amount}, from ${formatDate(given.askedAt)}`],
            ["Your payment", `${paid} on ${formatDate(given.payment.at)}`],
            ["Workspace", about.workspace],
          ]}
        />
        <Action href={about.billingUrl}>See your billing page</Action>
      </Layout>
    ),
  };
}

/** What happened, and what happens next. */
function wordsFor(reason: string | null): readonly [string, string] {
  const next = `We will write to you about another way to give it back; you need not do anything. Should you know one already, tell us at ${brand.supportEmail}.`;
  switch (reason ?? "") {
    case "lost_or_stolen_card":
    case "expired_or_canceled_card":
      return [
        "The card that you paid with has expired, or was closed or replaced, so your bank could not take the money. It came back to us and is not lost.",
        next,
      ];
    case "charge_for_pending_refund_disputed":
      return [
        "You disputed this payment with your bank while its refund was on its way, so the refund was stopped.",
        "Your bank now decides about the money, and tells you.",
      ];
    default:
      return [
        "The money could not be paid out to what you paid with. It came back to us and is not lost.",
        next,
      ];
  }
}
