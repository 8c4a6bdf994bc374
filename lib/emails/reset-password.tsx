import type { Mail } from "@/lib/platform/mail";
import { Action } from "./parts/action";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";

/** The link is a secret and works for one hour, once. */
export function resetPassword({
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
    subject: "Choose a new password",
    body: (
      <Layout
        title="Choose a new password"
        preview="The link works for one hour, once."
        why="You get this because somebody asked for a new password for this address. If it was not you, ignore it: your password stays as it is."
      >
        <Paragraph>
          Hello {name}, the link below lets you choose a new password. It works
          for one hour, once, and whoever has it can use it: do not pass it on.
        </Paragraph>
        <Action href={url}>Choose a new password</Action>
      </Layout>
    ),
  };
}
