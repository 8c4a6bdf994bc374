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
    payment: { amount: bigint; at: Date; what: string };
  },
): Mail {
  const amount = formatMoney(given.refund);
  const { payment } = given;
  const paid = formatMoney({
    amount: payment.amount,
    currency: given.refund.currency,
  });
  return {
    to: about.to,
    subject: `${amount} refunded for ${payment.what}`,
    body: (
      <Layout
        title={`${amount} refunded`}
        preview={`Of your payment of ${paid} on ${formatDate(payment.at)}.`}
        why={whyBilling(about)}
      >
        <Paragraph>
          The money goes back the way it came. Banks take five to ten days to
          show it.
        </Paragraph>
        <Facts
          facts={[
            ["Refunded", amount],
            ["For", payment.what],
            ["You had paid", `${paid} on ${formatDate(payment.at)}`],
            ["Workspace", about.workspace],
          ]}
        />
        <Action href={about.billingUrl}>See your billing page</Action>
      </Layout>
    ),
  };
}
