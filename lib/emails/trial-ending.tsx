import type { Mail } from "@/lib/platform/mail";
import { formatDate } from "@/lib/platform/time";
import { Action } from "./parts/action";
import { Facts } from "./parts/facts";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";
import { whyBilling, type About } from "./parts/about";
import type { Terms } from "./payload";
import { nameOf, priceOf } from "./terms";

export function trialEnding(
  about: About,
  given: { terms: Terms; trialEnd: Date; hasPaymentMethod: boolean },
): Mail {
  const name = nameOf(given.terms);
  const day = formatDate(given.trialEnd);
  return {
    to: about.to,
    subject: `Your ${name} trial ends on ${day}`,
    body: (
      <Layout
        title={`Your ${name} trial ends on ${day}`}
        preview={
          given.hasPaymentMethod
            ? `Then it costs ${priceOf(given.terms)}.`
            : "Add a payment method to keep the plan."
        }
        why={whyBilling(about)}
      >
        <Paragraph>
          {given.hasPaymentMethod
            ? "On that day your payment method is charged for the first time. To pay nothing, cancel before."
            : "There is no payment method yet. Add one before that day to keep the plan."}
        </Paragraph>
        <Facts
          facts={[
            ["Plan", name],
            ["Free until", day],
            ["Price from then on", priceOf(given.terms)],
            ["Workspace", about.workspace],
          ]}
        />
        <Paragraph>The price is before discounts and tax.</Paragraph>
        <Action href={about.billingUrl}>
          {given.hasPaymentMethod ? "See your plan" : "Add a payment method"}
        </Action>
      </Layout>
    ),
  };
}
