import type { Mail } from "@/lib/platform/mail";
import { formatMoney, type Money } from "@/lib/platform/money";
import { formatDate } from "@/lib/platform/time";
import { Action } from "./parts/action";
import { Facts } from "./parts/facts";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";
import { whyBilling, type About } from "./parts/about";

export function paymentFailed(
  about: About,
  given: {
    due: Money;
    number: string | null;
    /** Null: it will not be tried again by itself. */
    nextAttemptAt: Date | null;
    url: string | null;
  },
): Mail {
  const amount = formatMoney(given.due);
  const next = given.nextAttemptAt && formatDate(given.nextAttemptAt);
  return {
    to: about.to,
    subject: `Your payment of ${amount} failed`,
    body: (
      <Layout
        title={`Your payment of ${amount} failed`}
        preview={
          next
            ? `It is tried again on ${next}, unless you pay before.`
            : "It is not tried again by itself."
        }
        why={whyBilling(about)}
      >
        <Paragraph>
          Nothing was charged.{" "}
          {next
            ? `The payment is tried again on ${next}. Pay now with another card, or see to it that yours works by then.`
            : "The payment is not tried again by itself: pay now to keep what you have."}
        </Paragraph>
        <Facts
          facts={[
            ["Amount due", amount],
            ["Next attempt", next ?? "none"],
            given.number ? ["Invoice", given.number] : null,
            ["Workspace", about.workspace],
          ]}
        />
        <Action href={given.url ?? about.billingUrl}>{`Pay ${amount}`}</Action>
      </Layout>
    ),
  };
}
