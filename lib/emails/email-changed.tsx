import { brand } from "@/lib/catalog/brand";
import type { Mail } from "@/lib/platform/mail";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";

/** To the old address: a thief who changes it does not do so unseen. */
export function emailChanged({
  name,
  to,
  newEmail,
}: {
  name: string;
  /** The old address. */
  to: string;
  newEmail: string;
}): Mail {
  return {
    to,
    subject: `Your email address is being changed to ${newEmail}`,
    body: (
      <Layout
        title="Your email address is being changed"
        preview="If it was not you, write to us at once."
        why="You get this because this was the address of your account."
      >
        <Paragraph>
          Hello {name}, your account is to have the address {newEmail} instead
          of {to}. That happens as soon as the new address is confirmed; mails
          then go there, and you sign in with it.
        </Paragraph>
        <Paragraph>
          If it was not you, change your password and write to{" "}
          {brand.supportEmail} at once.
        </Paragraph>
      </Layout>
    ),
  };
}
