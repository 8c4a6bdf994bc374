import type { Mail } from "@/lib/platform/mail";
import { formatMoney, type Money } from "@/lib/platform/money";
import { Action } from "./parts/action";
import { Facts } from "./parts/facts";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";
import { whyBilling, type About } from "./parts/about";

/** Staff ask for a payment; `confirms`: the saved card was tried, and its bank wants to hear the buyer. */
export function paymentAsked(
  about: About,
  given: {
    due: Money;
    description: string | null;
    confirms: boolean;
    url: string;
  },
): Mail {
  const amount = formatMoney(given.due);
  const title = given.confirms
    ? `Confirm your payment of ${amount}`
    : `${amount} to pay`;
  return {
    to: about.to,
    subject: given.description ? `${title}: ${given.description}` : title,
    body: (
      <Layout
        title={title}
        preview={
          given.confirms
            ? "Your bank asks for it. Nothing has been charged yet."
            : `For ${about.workspace}. Nothing has been charged yet.`
        }
        why={whyBilling(about)}
      >
        <Paragraph>
          {given.confirms
            ? "We tried to charge your saved card. Your bank wants you to confirm this payment yourself. Nothing has been charged yet, and nothing will be until you do."
            : "Nothing has been charged yet. Pay it with a saved card or another one."}
        </Paragraph>
        <Facts
          facts={[
            ["Amount due", amount],
            given.description ? ["For", given.description] : null,
            ["Workspace", about.workspace],
          ]}
        />
        <Action href={given.url}>
          {given.confirms ? "Confirm the payment" : `Pay ${amount}`}
        </Action>
      </Layout>
    ),
  };
}
