import { productName } from "@/lib/catalog/prices";
import type { Mail } from "@/lib/platform/mail";
import { formatMoney, type Money } from "@/lib/platform/money";
import { Action } from "./parts/action";
import { Facts } from "./parts/facts";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";
import { whyBilling, type About } from "./parts/about";

/** Two checkouts were paid; the later one is undone. */
export function doubled(
  about: About,
  given: {
    productIds: readonly string[];
    keptProductIds: readonly string[];
    refunded: Money;
  },
): Mail {
  const name = given.productIds.map(productName).join(" and ");
  const kept = given.keptProductIds.map(productName).join(" and ");
  const amount = formatMoney(given.refunded);
  return {
    to: about.to,
    subject: `${amount} refunded: you had paid for two plans`,
    body: (
      <Layout
        title="You had paid for two plans"
        preview={`We cancelled the second and refunded ${amount}.`}
        why={whyBilling(about)}
      >
        <Paragraph>
          Two checkouts of this workspace were paid, as can happen in two tabs.
          The second plan is cancelled and what you paid for it goes back the
          way it came; banks take five to ten days to show it. The first goes on
          as it is. There is nothing for you to do.
        </Paragraph>
        <Facts
          facts={[
            ["Cancelled", name],
            ["Refunded", amount],
            ["Goes on", kept],
            ["Workspace", about.workspace],
          ]}
        />
        <Action href={about.billingUrl}>See your billing page</Action>
      </Layout>
    ),
  };
}
