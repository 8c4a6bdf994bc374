import type { Mail } from "@/lib/platform/mail";
import { formatDate } from "@/lib/platform/time";
import { Action } from "./parts/action";
import { Facts } from "./parts/facts";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";
import { whyBilling, type About } from "./parts/about";
import type { Terms } from "./payload";
import { nameOf, priceOf } from "./terms";

export function planChanged(
  about: About,
  given: { from: Terms; to: Terms; since: Date },
): Mail {
  const { from, to, since } = given;
  const title = `Your plan is now ${nameOf(to)}, ${priceOf(to)}`;
  return {
    to: about.to,
    subject: title,
    body: (
      <Layout
        title={title}
        preview={`Before: ${nameOf(from)}, ${priceOf(from)}.`}
        why={whyBilling(about)}
      >
        <Facts
          facts={[
            ["Before", `${nameOf(from)}, ${priceOf(from)}`],
            ["Now", `${nameOf(to)}, ${priceOf(to)}`],
            ["Since", formatDate(since)],
            ["Workspace", about.workspace],
          ]}
        />
        <Paragraph>
          Prices are before discounts and tax. What the change itself costs or
          gives back stands on its invoice. If nobody of you wanted it, change
          it back on the billing page.
        </Paragraph>
        <Action href={about.billingUrl}>See your plan</Action>
      </Layout>
    ),
  };
}
