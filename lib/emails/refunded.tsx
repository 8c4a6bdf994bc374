import type { Mail } from "@/lib/platform/mail";
import { formatMoney, type Money } from "@/lib/platform/money";
import { formatDate } from "@/lib/platform/time";
import { Action } from "./parts/action";
import { Facts } from "./parts/facts";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";
import { whyBilling, type About } from "./parts/about";

export function refunded(
  about: About,
  given: {
    refund: Money;
    /** The payment that it gives back, in part or whole. */
    payment: { amount: bigint; at: Date };
  },
): Mail {
  const { currency } = given.refund;
  const amount = formatMoney(given.refund);
  const paid = formatMoney({ amount: given.payment.amount, currency });
  const day = formatDate(given.payment.at);
  return {
    to: about.to,
    subject: `${amount} refunded of your payment of ${paid}`,
    body: (
      <Layout
        title={`${amount} refunded`}
        preview={`Of your payment of ${paid} on ${day}.`}
        why={whyBilling(about)}
      >
        <Paragraph>
          The money goes back the way it came. Banks take five to ten days to
          show it.
        </Paragraph>
        <Facts
          facts={[
            ["Refunded", amount],
            ["Your payment", `${paid} on ${day}`],
            ["Workspace", about.workspace],
          ]}
        />
        <Action href={about.billingUrl}>See your billing page</Action>
      </Layout>
    ),
  };
}
