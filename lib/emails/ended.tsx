import type { Mail } from "@/lib/platform/mail";
import { formatDate } from "@/lib/platform/time";
import { Action } from "./parts/action";
import { Facts } from "./parts/facts";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";
import { whyBilling, type About } from "./parts/about";
import type { Terms } from "./payload";
import { nameOf } from "./terms";

/** Over at once, without a day until which it was kept. */
export function ended(
  about: About,
  given: { terms: Terms; endedAt: Date; unpaid: boolean },
): Mail {
  const name = nameOf(given.terms);
  return {
    to: about.to,
    subject: given.unpaid
      ? `${name} has ended because it could not be paid`
      : `${name} has ended`,
    body: (
      <Layout
        title={`${name} has ended`}
        preview="Your data stays. You can choose a plan again at any time."
        why={whyBilling(about)}
      >
        <Paragraph>
          {given.unpaid
            ? "Every attempt to charge your payment method failed. "
            : null}
          The workspace no longer has what it gave; your data stays. Choose a
          plan again at any time.
        </Paragraph>
        <Facts
          facts={[
            ["Plan", name],
            ["Ended on", formatDate(given.endedAt)],
            ["Workspace", about.workspace],
          ]}
        />
        <Action href={about.billingUrl}>Choose a plan</Action>
      </Layout>
    ),
  };
}
