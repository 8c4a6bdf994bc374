import type { Mail } from "@/lib/platform/mail";
import { formatDate } from "@/lib/platform/time";
import { Action } from "./parts/action";
import { Facts } from "./parts/facts";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";
import { whyBilling, type About } from "./parts/about";
import type { Terms } from "./payload";
import { nameOf } from "./terms";

/** Cancelled, and still good until a day. */
export function ending(
  about: About,
  given: { terms: Terms; endsAt: Date },
): Mail {
  const name = nameOf(given.terms);
  const day = formatDate(given.endsAt);
  return {
    to: about.to,
    subject: `${name} is cancelled: you keep it until ${day}`,
    body: (
      <Layout
        title={`You keep ${name} until ${day}`}
        preview="It is cancelled and not charged again."
        why={whyBilling(about)}
      >
        <Paragraph>
          {name} is cancelled. It is not renewed; until {day} everything works
          as before. You can take the cancellation back until then.
        </Paragraph>
        <Facts
          facts={[
            ["Plan", name],
            ["Ends on", day],
            ["Workspace", about.workspace],
          ]}
        />
        <Action href={about.billingUrl}>See your plan</Action>
      </Layout>
    ),
  };
}
