import type { Mail } from "@/lib/platform/mail";
import { Action } from "./parts/action";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";

/** The link is a secret and works for one hour. */
export function verifyEmail({
  name,
  to,
  url,
}: {
  name: string;
  to: string;
  url: string;
}): Mail {
  return {
    to,
    subject: "Confirm your email address",
    body: (
      <Layout
        title="Confirm your email address"
        preview="One click, and invitations and receipts can reach you."
        why="You get this because somebody signed up with this address. If it was not you, ignore it: nothing happens."
      >
        <Paragraph>
          Hello {name}, please confirm that {to} is your address. The link works
          for one hour.
        </Paragraph>
        <Action href={url}>Confirm this address</Action>
      </Layout>
    ),
  };
}
