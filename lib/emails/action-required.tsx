import type { Mail } from "@/lib/platform/mail";
import { formatMoney, type Money } from "@/lib/platform/money";
import { Action } from "./parts/action";
import { Facts } from "./parts/facts";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";
import { whyBilling, type About } from "./parts/about";

/** The bank asks the buyer in person (3-D Secure), so nothing can be charged without them. */
export function actionRequired(
  about: About,
  given: { due: Money; number: string | null; url: string | null },
): Mail {
  const amount = formatMoney(given.due);
  return {
    to: about.to,
    subject: `Confirm your payment of ${amount}`,
    body: (
      <Layout
        title={`Confirm your payment of ${amount}`}
        preview="Your bank asks for it. Nothing has been charged yet."
        why={whyBilling(about)}
      >
        <Paragraph>
          Your bank wants you to confirm this payment yourself. Nothing has been
          charged yet, and nothing will be until you do.
        </Paragraph>
        <Facts
          facts={[
            ["Amount due", amount],
            given.number ? ["Invoice", given.number] : null,
            ["Workspace", about.workspace],
          ]}
        />
        <Action href={given.url ?? about.billingUrl}>
          Confirm the payment
        </Action>
      </Layout>
    ),
  };
}
